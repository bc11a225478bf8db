// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

/// Counts how many bitmaps name each of 64 seats, all seats at once: bit s of planes[p] is bit p of the count of seat s.
library Tally {
    /// Adds one to every seat that names has.
    function add(uint256[7] memory planes, uint256 names) internal pure {
        for (uint256 p = 0; names != 0; p++) {
            (planes[p], names) = (planes[p] ^ names, planes[p] & names);
        }
    }

    /// The seats whose count is at least quorum, which is below 128.
    function atLeast(uint256[7] memory planes, uint256 quorum) internal pure returns (uint256 more) {
        uint256 equal = type(uint64).max;
        for (uint256 p = 7; p > 0;) {
            p--;
            if ((quorum >> p) & 1 == 0) {
                more |= equal & planes[p];
                equal &= ~planes[p];
            } else {
                equal &= planes[p];
            }
        }
        more |= equal;
    }

    /// The number of seats in a bitmap.
    function count(uint256 seats) internal pure returns (uint256 n) {
        for (; seats != 0; n++) {
            seats &= seats - 1;
        }
    }
}
