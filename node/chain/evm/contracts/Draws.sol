// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Marketplace} from "./Marketplace.sol";

/// Draws the candidates of tasks from the seats of an award, for any marketplace. It has no owner and no money.
///
/// A seating is packed: how many candidates a task has, the number of seats, a byte each; 32 bytes for each seat: the account, its ask for one
/// replica of one task (uint64), its weight in draws (uint32); then nothing, or 2 bytes for each task of the job: by which task's draw its candidates
/// are found, or PINNED with the number of a seat, which is a candidate beside a draw of the task's own. All seats are candidates of all
/// tasks if there are no more seats than candidates.
contract Draws {
    uint256 public constant MAX_SEATS = 64;
    uint256 private constant HEADER = 2;
    uint256 private constant SEAT = 32;
    uint256 private constant PINNED = 1 << 15;
    bytes private constant DOMAIN = "gpumesh/poc/rank/1";

    /// Of EIP-2935: the hashes of the newest 8191 blocks, by number.
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// What is known for good of a job's award: keccak256 of the hash of the block after the award's, and the job.
    mapping(address marketplace => mapping(bytes32 job => bytes32)) public kept;

    event Kept(address indexed marketplace, bytes32 indexed job, bytes32 random);

    error BadSeatCount(uint256 seats);
    error BadSeating();
    error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice);
    error NotAnchored();
    error BeaconTooEarly();
    error BeaconLost();

    /// Refuses a seating that is none of a job with these terms; says whether its candidates are drawn.
    function check(uint256 tasks, uint256 quorum, uint64 maxPrice, bytes calldata seating) external pure returns (bool drawn) {
        if (seating.length < HEADER) revert BadSeatCount(0);
        (uint256 most, uint256 n) = (uint8(seating[0]), uint8(seating[1]));
        if (n < quorum || n > MAX_SEATS) revert BadSeatCount(n);
        drawn = n > most;
        uint256 draws = HEADER + n * SEAT;
        if (most < quorum || most > MAX_SEATS || seating.length != draws && !(drawn && seating.length == draws + 2 * tasks)) revert BadSeating();
        for (uint256 i = 0; i < n; i++) {
            (uint64 ask, uint256 weight) = _seat(seating, i);
            if (ask > maxPrice) revert AskTooHigh(i, ask, maxPrice);
            if (weight == 0) revert BadSeating();
        }
        for (; draws < seating.length; draws += 2) {
            uint256 d = _draw(seating, draws);
            if (d & PINNED == 0 ? d >= tasks : d ^ PINNED >= n) revert BadSeating();
        }
    }

    /// The bitmap of the seats that are candidates of a task, for the marketplace that asks and its seating, which is drawn. The award is of block anchored.
    function candidates(bytes32 id, uint256 anchored, uint256 task, bytes calldata seating) external view returns (uint256) {
        return draw(_random(msg.sender, id, anchored), id, task, seating);
    }

    /// Stores what the candidates of a job are drawn by, before the chain forgets it. Anybody may ask.
    function keep(Marketplace marketplace, bytes32 id) external {
        address owner = address(marketplace);
        if (kept[owner][id] != 0) return;
        uint256 anchored = marketplace.job(id).panel.anchored;
        if (anchored == 0) revert NotAnchored();
        bytes32 random = _random(owner, id, anchored);
        kept[owner][id] = random;
        emit Kept(owner, id, random);
    }

    function _random(address marketplace, bytes32 id, uint256 anchored) private view returns (bytes32) {
        uint256 number = anchored + 1;
        if (block.number <= number) revert BeaconTooEarly();
        bytes32 hash = blockhash(number);
        if (hash == 0) {
            bytes32 known = kept[marketplace][id];
            if (known != 0) return known;
            (bool ok, bytes memory answer) = HISTORY.staticcall(abi.encode(number));
            if (!ok || answer.length != 32 || bytes32(answer) == 0) revert BeaconLost(); // zero: of before that contract was there
            hash = bytes32(answer);
        }
        return keccak256(abi.encode(hash, id));
    }

    /// The candidates of a task, as poc.Drawn draws them: one after the other, each weighted by what is left, by the first 8 bytes
    /// of sha256(DOMAIN, random, job, task, counter). Numbers that would favour small remainders are passed over.
    function draw(bytes32 random, bytes32 id, uint256 task, bytes calldata seating) public pure returns (uint256 found) {
        (uint256 left, uint256 n) = (uint8(seating[0]), uint8(seating[1]));
        if (seating.length > HEADER + n * SEAT) {
            uint256 d = _draw(seating, HEADER + n * SEAT + 2 * task);
            if (d & PINNED == 0) {
                task = d;
            } else {
                found = 1 << (d ^ PINNED);
                left--;
            }
        }
        // The weights of the seats that are left, then those of each 8 of them together.
        uint256[72] memory weights; // at most MAX_SEATS, as whoever asks has checked
        uint256 total;
        assembly ("memory-safe") {
            let place := weights
            let end := add(place, shl(5, n))
            let from := add(seating.offset, 2) // HEADER
            for { let group := add(weights, 2048) } lt(place, end) { group := add(group, 32) } {
                let sum := 0
                let until := add(place, 256)
                if gt(until, end) { until := end }
                for {} lt(place, until) { place := add(place, 32) } {
                    let weight := and(calldataload(from), 0xffffffff)
                    mstore(place, weight)
                    sum := add(sum, weight)
                    from := add(from, 32)
                }
                mstore(group, sum)
                total := add(total, sum)
            }
        }
        bytes memory message = abi.encodePacked(DOMAIN, random, id, uint32(task), uint32(0));
        while (left > 0) {
            uint256 x = uint256(sha256(message)) >> 192;
            uint256 seat;
            assembly ("memory-safe") {
                let last := add(message, 90) // the word that ends with the counter
                mstore(last, add(mload(last), 1))
            }
            if (x >= 2 ** 64 - 2 ** 64 % total) continue;
            x %= total;
            assembly ("memory-safe") {
                let first := add(weights, 2048)
                let group := first
                let weight := mload(group)
                for {} iszero(lt(x, weight)) { weight := mload(group) } {
                    x := sub(x, weight)
                    group := add(group, 32)
                }
                let place := add(weights, shl(3, sub(group, first)))
                weight := mload(place)
                for {} iszero(lt(x, weight)) { weight := mload(place) } {
                    x := sub(x, weight)
                    place := add(place, 32)
                }
                mstore(place, 0)
                mstore(group, sub(mload(group), weight))
                total := sub(total, weight)
                seat := shr(5, sub(place, weights))
            }
            if ((found >> seat) & 1 == 0) {
                found |= 1 << seat;
                left--;
            }
        }
    }

    /// What a seat asks and weighs. The seating is long enough.
    function _seat(bytes calldata seating, uint256 i) private pure returns (uint64 ask, uint256 weight) {
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(add(seating.offset, add(2, shl(5, i)))) // HEADER, SEAT
        }
        return (uint64(word >> 32), uint32(word));
    }

    function _draw(bytes calldata seating, uint256 place) private pure returns (uint256) {
        return uint16(bytes2(seating[place:]));
    }
}
