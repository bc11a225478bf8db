// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Registry} from "./Registry.sol";

/// Escrow per job, released by quorum certificates. There is no owner: every rule and number is fixed at deployment, and
/// money leaves only to workers whose signed result a quorum shares, to the treasury as fee, and back to the job's owner.
contract Marketplace is IERC1363Receiver, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    struct Terms {
        uint32 tasks;
        uint16 quorum; // signatures that make a claim
        uint16 replicas; // workers paid per task, at most
        uint64 maxPrice; // bound on every ask
        uint64 expiry; // ms since 1970: from then on no claims, and anybody can refund
    }

    struct Job {
        address owner; // slot 1
        uint64 expiry;
        uint32 tasks;
        uint64 budget; // slot 2
        uint64 maxPrice;
        uint64 paid; // to workers
        uint64 fees; // to the treasury
        uint64 refunded; // slot 3; to the owner
        uint48 locked; // block number of the escrow
        uint48 anchored; // block number of the award
        uint32 settled; // tasks claimed so far
        uint16 quorum;
        uint16 replicas;
        bool closed; // nothing is left
        bytes32 award; // zero until anchored
        bytes32 seats; // keccak256(abi.encode(Seat[]))
    }

    struct Seat {
        address account;
        uint64 ask; // pay for one replica of one task
    }

    /// One certificate. Each signature is 73 bytes: the index of the signer's seat, the bitmap of the seats that it names (big
    /// endian), then r and vs in EIP-2098's compact form. They are sorted by the seats' accounts, which makes signers distinct.
    struct Certificate {
        uint32 task;
        bytes32 digest;
        bytes signatures;
    }

    struct Totals {
        uint64 locked;
        uint64 paid;
        uint64 fees;
        uint64 refunded;
    }

    struct Config {
        address treasury;
        uint16 feeBps; // fee on top of every pay
        uint64 minStake; // below it a worker's signature does not count
        uint16 slashBps; // part of the bond that a proven lie costs
        uint16 rewardBps; // part of a slash that goes to the reporter
        uint48 tick; // ms per unit of block.timestamp
    }

    uint256 public constant BASE = 10_000;
    uint256 public constant MAX_SEATS = 64;
    uint256 public constant MAX_REPLICAS = 32;
    uint256 public constant MAX_TASKS = 4096;
    uint256 public constant MAX_TERM = 366 days * 1000; // ms from lock to expiry
    uint256 private constant SIGNATURE = 73;

    bytes32 public constant ATTESTED = keccak256("Attested(bytes32 job,uint32 task,bytes32 digest,uint64 agreed)");
    bytes32 public constant REVEALED = keccak256("Revealed(bytes32 job,uint32 task,bytes32 digest)");

    IERC20 public immutable token;
    Registry public immutable registry;
    address public immutable treasury;
    uint16 public immutable feeBps;
    uint64 public immutable minStake;
    uint16 public immutable slashBps;
    uint16 public immutable rewardBps;
    uint48 public immutable tick;

    Totals public totals;
    mapping(bytes32 job => Job) private _jobs;
    mapping(bytes32 job => mapping(uint256 task => bytes32 digest)) private _results;
    mapping(bytes32 job => mapping(uint256 task => mapping(address account => bool))) public slashed;

    event Locked(bytes32 indexed job, address indexed owner, uint64 budget, Terms terms);
    event Anchored(bytes32 indexed job, bytes32 indexed award, bytes32 seats);
    event Settled(bytes32 indexed job, uint32 indexed task, bytes32 digest, uint64 pay, uint64 fee);
    event Paid(bytes32 indexed job, address indexed account, uint64 amount);
    event FeePaid(bytes32 indexed job, address indexed treasury, uint64 amount);
    event Refunded(bytes32 indexed job, address indexed owner, uint64 amount);
    event Convicted(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount, address reporter, uint64 reward);

    error BadConfig();
    error OnlyToken();
    error OnlyOwner();
    error BadTerms();
    error BudgetTooSmall(uint256 budget, uint256 needed);
    error JobExists();
    error NoJob();
    error JobClosed();
    error JobExpired();
    error AwardExists();
    error NoAward();
    error BadAward();
    error BadSeatCount(uint256 seats);
    error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice);
    error OtherSeats();
    error NoSuchTask(uint32 task);
    error BadSignatures(uint32 task);
    error AlreadySettled();
    error NoQuorum(uint32 task, uint256 counted, uint256 named, uint16 quorum);
    error RefundTooEarly(uint64 expiry);
    error NotSettled(uint32 task);
    error NotContradicted(uint32 task);
    error AlreadySlashed();
    error BadEvidence();

    constructor(IERC20 token_, Registry registry_, Config memory c) EIP712("gpumesh", "1") {
        if (
            registry_.marketplace() != address(this) || address(registry_.token()) != address(token_) || registry_.tick() != c.tick
                || c.treasury == address(0) || c.minStake == 0 || c.feeBps > BASE || c.slashBps > BASE || c.rewardBps >= BASE || c.tick == 0
        ) revert BadConfig();
        token = token_;
        registry = registry_;
        treasury = c.treasury;
        feeBps = c.feeBps;
        minStake = c.minStake;
        slashBps = c.slashBps;
        rewardBps = c.rewardBps;
        tick = c.tick;
    }

    /// Token.transferAndCall(marketplace, budget, abi.encode(job, terms)) locks the budget as the job's escrow.
    function onTransferReceived(address, address from, uint256 value, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(token)) revert OnlyToken();
        (bytes32 id, Terms memory t) = abi.decode(data, (bytes32, Terms));
        Job storage j = _jobs[id];
        if (j.owner != address(0)) revert JobExists();
        uint256 time = _now();
        if (
            id == 0 || t.tasks == 0 || t.tasks > MAX_TASKS || t.quorum == 0 || t.quorum > t.replicas
                || t.replicas > MAX_REPLICAS || t.expiry <= time || t.expiry > time + MAX_TERM || value > type(uint64).max
        ) revert BadTerms();
        uint256 needed = (uint256(t.maxPrice) * t.tasks * t.replicas * (BASE + feeBps) + BASE - 1) / BASE;
        if (value < needed) revert BudgetTooSmall(value, needed);
        uint64 budget = uint64(value);
        (j.owner, j.expiry, j.tasks) = (from, t.expiry, t.tasks);
        (j.budget, j.maxPrice) = (budget, t.maxPrice);
        (j.locked, j.quorum, j.replicas) = (uint48(block.number), t.quorum, t.replicas);
        totals.locked += budget;
        emit Locked(id, from, budget, t);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// Fixes the award and its seats for good. The beacon is the hash of the next block, so it cannot be known here.
    function anchor(bytes32 id, bytes32 award, Seat[] calldata seats) external {
        Job storage j = _open(id);
        if (msg.sender != j.owner) revert OnlyOwner();
        if (j.award != 0) revert AwardExists();
        if (_now() >= j.expiry) revert JobExpired();
        if (award == 0) revert BadAward();
        if (seats.length < j.quorum || seats.length > MAX_SEATS) revert BadSeatCount(seats.length);
        for (uint256 i = 0; i < seats.length; i++) {
            if (seats[i].ask > j.maxPrice) revert AskTooHigh(i, seats[i].ask, j.maxPrice);
        }
        bytes32 hash = keccak256(abi.encode(seats));
        j.award = award;
        j.seats = hash;
        j.anchored = uint48(block.number);
        emit Anchored(id, award, hash);
    }

    // What a claim adds up before anything moves.
    struct Bill {
        uint64[] pay; // by seat
        uint32[] count; // by seat: replicas paid
        uint8[] standing; // by seat: 0 not looked up, 1 counts, 2 does not
        uint64 paid;
        uint64 fees;
        uint32 settled;
    }

    /// Pays the workers of each certificate their ask, whoever calls. A signature counts if it is by a seat of the award
    /// whose stake is at least minStake now, and names seats, its own among them; others are passed over, so that nobody's
    /// fall blocks the rest. A task is settled by a quorum of signatures that count. The seats that a quorum of them names are
    /// paid, signed or not, if their stake is at least minStake now: in their order, at most replicas. Tasks that are settled
    /// already, lack a quorum, or have no seat that it names, are passed over; a claim that would settle nothing reverts.
    function claim(bytes32 id, Seat[] calldata seats, Certificate[] calldata certificates) external nonReentrant {
        Job storage j = _open(id);
        if (j.award == 0) revert NoAward();
        if (_now() >= j.expiry) revert JobExpired();
        if (keccak256(abi.encode(seats)) != j.seats) revert OtherSeats();

        Bill memory b;
        b.pay = new uint64[](seats.length);
        b.count = new uint32[](seats.length);
        b.standing = new uint8[](seats.length);
        bytes memory reason = abi.encodeWithSelector(AlreadySettled.selector);
        for (uint256 i = 0; i < certificates.length; i++) {
            Certificate calldata c = certificates[i];
            if (c.task >= j.tasks || c.digest == 0) revert NoSuchTask(c.task);
            if (_results[id][c.task] != 0) continue;
            (uint256 counted, uint256 named, uint8[] memory votes) = _count(id, j.quorum, seats, c, b);
            if (counted < j.quorum || named == 0) {
                reason = abi.encodeWithSelector(NoQuorum.selector, c.task, counted, named, j.quorum);
                continue;
            }
            (uint64 pay, uint64 fee) = _pay(j, seats, votes, b);
            _results[id][c.task] = c.digest; // the mark against double pay; also within this claim
            emit Settled(id, c.task, c.digest, pay, fee);
        }
        if (b.settled == 0) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
        _settle(id, j, seats, b);
    }

    /// Returns how many signatures of a certificate count, how often each seat is named in them, and how many seats are named
    /// by a quorum.
    function _count(bytes32 id, uint256 quorum, Seat[] calldata seats, Certificate calldata c, Bill memory b)
        private
        view
        returns (uint256 counted, uint256 named, uint8[] memory votes)
    {
        uint256 n = c.signatures.length / SIGNATURE;
        if (n * SIGNATURE != c.signatures.length || n > MAX_SEATS) revert BadSignatures(c.task);
        votes = new uint8[](seats.length);
        address last;
        uint64 agreed;
        bytes32 hash;
        for (uint256 k = 0; k < n; k++) {
            bytes calldata s = c.signatures[k * SIGNATURE:(k + 1) * SIGNATURE];
            uint8 seat = uint8(s[0]);
            if (seat >= seats.length || seats[seat].account <= last) revert BadSignatures(c.task);
            last = seats[seat].account;
            uint64 names = uint64(bytes8(s[1:9]));
            if ((names >> seat) & 1 == 0 || uint256(names) >> seats.length != 0) continue;
            if (names != agreed) {
                agreed = names; // most often all signers name the same
                hash = _hashTypedDataV4(keccak256(abi.encode(ATTESTED, id, c.task, c.digest, names)));
            }
            (address signer,,) = ECDSA.tryRecover(hash, bytes32(s[9:41]), bytes32(s[41:73]));
            if (signer != last || !_stands(b, seat, last)) continue;
            counted++;
            for (uint256 i = 0; names != 0; i++) {
                if (names & 1 != 0 && ++votes[i] == quorum) named++;
                names >>= 1;
            }
        }
    }

    /// Adds the seats that a quorum names to the bill.
    function _pay(Job storage j, Seat[] calldata seats, uint8[] memory votes, Bill memory b) private view returns (uint64 pay, uint64 fee) {
        uint256 left = j.replicas;
        uint256 quorum = j.quorum;
        for (uint256 i = 0; i < seats.length && left > 0; i++) {
            if (votes[i] < quorum || !_stands(b, i, seats[i].account)) continue;
            left--;
            pay += seats[i].ask;
            b.pay[i] += seats[i].ask;
            b.count[i]++;
        }
        fee = uint64(uint256(pay) * feeBps / BASE);
        b.paid += pay;
        b.fees += fee;
        b.settled++;
    }

    /// Whether a seat's account is registered with enough stake now, both to sign and to be paid. Looked up once per claim.
    function _stands(Bill memory b, uint256 seat, address account) private view returns (bool) {
        if (b.standing[seat] == 0) b.standing[seat] = registry.stakeOf(account) >= minStake ? 1 : 2;
        return b.standing[seat] == 1;
    }

    /// Writes the bill, then moves the money. When the last task is settled the rest goes back to the owner.
    function _settle(bytes32 id, Job storage j, Seat[] calldata seats, Bill memory b) private {
        uint64 rest;
        j.paid += b.paid;
        j.fees += b.fees;
        j.settled += b.settled;
        if (j.settled == j.tasks) {
            rest = j.budget - j.paid - j.fees;
            j.refunded = rest;
            j.closed = true;
        }
        Totals memory t = totals;
        t.paid += b.paid;
        t.fees += b.fees;
        t.refunded += rest;
        totals = t;

        address[] memory accounts = new address[](seats.length);
        for (uint256 i = 0; i < seats.length; i++) {
            accounts[i] = seats[i].account;
        }
        registry.complete(accounts, b.count);
        for (uint256 i = 0; i < seats.length; i++) {
            if (b.pay[i] == 0) continue;
            emit Paid(id, accounts[i], b.pay[i]);
            token.safeTransfer(accounts[i], b.pay[i]);
        }
        if (b.fees > 0) {
            emit FeePaid(id, treasury, b.fees);
            token.safeTransfer(treasury, b.fees);
        }
        if (rest > 0) {
            emit Refunded(id, j.owner, rest);
            token.safeTransfer(j.owner, rest);
        }
    }

    /// Returns what is left to the owner: before an award when the owner asks, from the expiry on whoever asks.
    function refund(bytes32 id) external nonReentrant {
        Job storage j = _open(id);
        if (_now() < j.expiry && (msg.sender != j.owner || j.award != 0)) revert RefundTooEarly(j.expiry);
        uint64 rest = j.budget - j.paid - j.fees;
        j.refunded = rest;
        j.closed = true;
        totals.refunded += rest;
        emit Refunded(id, j.owner, rest);
        token.safeTransfer(j.owner, rest);
    }

    /// Convicts an account of a signed reveal that contradicts the certified result. The caller gets the reward.
    /// signature is r and vs in EIP-2098's compact form.
    function slash(bytes32 id, uint32 task, address account, bytes32 digest, bytes32 r, bytes32 vs) external nonReentrant {
        bytes32 result = _results[id][task];
        if (result == 0) revert NotSettled(task);
        if (result == digest) revert NotContradicted(task);
        if (slashed[id][task][account]) revert AlreadySlashed();
        bytes32 hash = _hashTypedDataV4(keccak256(abi.encode(REVEALED, id, task, digest)));
        (address signer,,) = ECDSA.tryRecover(hash, r, vs);
        if (signer != account || account == address(0)) revert BadEvidence();
        slashed[id][task][account] = true;
        (uint64 amount, uint64 reward) = registry.slash(account, slashBps, msg.sender, rewardBps, treasury);
        emit Convicted(id, task, account, amount, msg.sender, reward);
    }

    function job(bytes32 id) external view returns (Job memory) {
        return _jobs[id];
    }

    /// The certified digests of count tasks from first on; zero: not settled.
    function results(bytes32 id, uint32 first, uint32 count) external view returns (bytes32[] memory out) {
        out = new bytes32[](count);
        for (uint256 i = 0; i < count; i++) {
            out[i] = _results[id][first + i];
        }
    }

    function _open(bytes32 id) private view returns (Job storage j) {
        j = _jobs[id];
        if (j.owner == address(0)) revert NoJob();
        if (j.closed) revert JobClosed();
    }

    function _now() private view returns (uint256) {
        return block.timestamp * tick;
    }
}
