package poc

// Bytes that nodes of every version must agree on. A change here splits the network.
const (
	goldenRank        = "5 7 2 4 3 1 0 6"
	goldenWire        = "b4d9f445c6f5177a d632f4619823f0ce 7cacde54bc156090 8de740a09081e68c 4d1180b90732d7dd d70b66bbb9df9911 3d66d7e0f512b8d3 159ccbd239b4aafd 16c07d5cfe1a44cd 425c5f99dfcf840d e7525913cf5dbf17 49aaf2298eb92b5f"
	goldenCommitment  = "bc0373d5081b969ea9f5458da6c169fa4fc695455ce0204f025169095bfe4459"
	goldenCertificate = "bafyreib55ylyyypwziupamac46hckcvrlmro3setblnovegvyfnisnrmmq"
	goldenChallenge   = "6a8c364ef595a0de bd80ee07d0d187d9 69d871141f0ce3f9 e848440cb38c4b23"
)
