// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {Draws} from "./Draws.sol";
import {Parameters} from "./Parameters.sol";
import {Registry} from "./Registry.sol";
import {Tally} from "./Tally.sol";

/// Escrow per job, released by quorum certificates. There is no owner. Money leaves only to workers whose signed result a
/// quorum shares, to the treasury as fee, and back to the job's owner. Stake never becomes a job's.
///
/// Every function writes all its state before it moves tokens. Claims pay by crediting accounts of the registry; they move only the
/// rest of a job to its owner, and what a fine took of a bond to the treasury.
contract Marketplace is Registry, IERC1363Receiver {
    using SafeERC20 for IERC20;
    using Tally for uint256[7];

    struct Terms {
        uint32 tasks;
        uint16 quorum; // signatures that make a claim
        uint16 replicas; // workers paid per task, at most
        uint64 maxPrice; // bound on every ask
        uint64 expiry; // ms since 1970: from then on no claims, and anybody can refund
        uint16 lateBps; // part of its ask that a late worker is not paid
        bool verified; // only verified workers count and are paid
    }

    // Head, Money and Panel are one storage slot each.
    struct Head {
        address owner;
        uint48 expiry;
        uint16 tasks;
        uint8 quorum;
        uint8 replicas;
        uint16 feeBps; // of the time of the lock
    }

    struct Money {
        uint64 budget;
        uint64 paid; // to workers
        uint64 fees; // to the treasury
        uint16 settled; // tasks claimed so far
        bool narrow; // later certificates may pay or fine somebody whom a claim left out: open for them, for the time of topUp
        bool batched; // in a batch: no claims, no refund
        bool closed; // the rest went back to the owner
        uint24 left; // from the newest claim of a task to the expiry, in units of 2048 ms
    }

    struct Panel {
        uint64 maxPrice;
        uint64 minStake; // of the time of the lock
        uint32 locked; // block number of the escrow
        uint32 anchored; // block number of the award; zero: none yet
        uint16 lateBps;
        bool verified;
        bool drawn; // not all seats are candidates of all tasks
    }

    struct Job {
        Head head;
        Money money;
        Panel panel;
        bytes32 award;
        bytes32 seating; // keccak256 of the seating, which Draws describes
    }

    /// One certificate. Each signature is 73 bytes: the index of the signer's seat, the bitmap of the seats that it names (big
    /// endian), then r and vs in EIP-2098's compact form. They are sorted by the seats' accounts, which makes signers distinct.
    /// Share is how many parts of the work are accepted, of SHARES; zero: all. If the certificate is timed, 8 bytes follow each
    /// signature: the bitmap of the seats that its signer saw late. A grade is the share, then that bitmap: zero is signed as
    /// ATTESTED, any other as GRADED.
    struct Certificate {
        uint32 task;
        uint16 share; // by its type less than SHARES: nobody is paid more than its ask
        bool timed;
        bytes32 digest;
        bytes signatures;
    }

    struct Totals {
        uint64 locked;
        uint64 paid;
        uint64 fees;
        uint64 refunded;
    }

    uint256 public constant BASE = 10_000;
    uint256 public constant MAX_SEATS = 64;
    uint256 public constant MAX_REPLICAS = 32;
    uint256 public constant MAX_TASKS = 4096;
    uint256 public constant MAX_TERM = 366 days * 1000; // ms from lock to expiry
    uint256 public constant SHARES = 1 << 16; // of the work of a task
    uint256 private constant SIGNATURE = 73;
    uint256 private constant TIMED = 81;

    // Of secp256k1.
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    bytes32 private constant DOMAIN = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 public constant ATTESTED = keccak256("Attested(bytes32 job,uint32 task,bytes32 digest,uint64 agreed)");
    bytes32 public constant GRADED = keccak256("Graded(bytes32 job,uint32 task,bytes32 digest,uint64 agreed,uint96 grade)");
    bytes32 public constant REVEALED = keccak256("Revealed(bytes32 job,uint32 task,bytes32 digest)");

    address public immutable batches; // the only contract that may settle many jobs at once
    address public immutable arbiters; // the only contract whose verdict convicts, and that holds what certificates convict of
    Draws public immutable draws; // says who the candidates of a task are
    uint48 public immutable topUp; // ms from the last task's claim in which workers that it left out can still be paid

    Totals public totals;
    mapping(bytes32 job => Job) private _jobs;
    // The certified digest's first 24 bytes, then the bitmap of the seats that are paid: a slot for each task. Whoever finds
    // another result of the same 24 bytes still needs a quorum's signatures to have it paid.
    mapping(bytes32 job => mapping(uint256 task => uint256)) private _outcomes;
    mapping(bytes32 job => mapping(uint256 task => uint256)) private _fined; // bitmap of the seats that were paid less for being late
    mapping(bytes32 commitment => uint256 blockNumber) public commitments;
    mapping(bytes32 job => mapping(uint256 task => mapping(address account => bool))) public slashed;

    event Locked(bytes32 indexed job, address indexed owner, uint64 budget, Terms terms);
    event Anchored(bytes32 indexed job, bytes32 indexed award, bytes seating);
    event Settled(bytes32 indexed job, uint32 indexed task, bytes32 digest, uint64 seats, uint64 pay, uint64 fee);
    event GradedWork(bytes32 indexed job, uint32 indexed task, uint96 grade, uint16 lateBps); // of the next Settled or ToppedUp
    event ToppedUp(bytes32 indexed job, uint32 indexed task, uint64 seats, uint64 pay, uint64 fee);
    event Fined(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount); // what came back
    event Refunded(bytes32 indexed job, address indexed owner, uint64 amount);
    event Convicted(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount, address reporter, uint64 reward);
    event Restored(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount);
    event FeesCollected(address indexed treasury, uint64 amount);

    error OnlyToken();
    error OnlyOwner();
    error OnlyBatches();
    error OnlyArbiters();
    error EscrowPaused();
    error BadTerms();
    error BudgetTooSmall(uint256 budget, uint256 needed);
    error JobExists();
    error NotCommitted();
    error NoJob();
    error JobClosed();
    error JobExpired();
    error JobBatched();
    error NotForBatches();
    error AwardExists();
    error NoAward();
    error BadAward();
    error OtherSeats();
    error NoSuchTask(uint32 task);
    error BadSignatures(uint32 task);
    error AlreadySettled();
    error NoQuorum(uint32 task, uint256 counted, uint256 named, uint16 quorum);
    error RefundTooEarly(uint64 expiry);
    error TopUpOpen(uint64 until);
    error NotContradicted(uint32 task);
    error AlreadySlashed();
    error BadEvidence();

    modifier onlyBatches() {
        _onlyBatches();
        _;
    }

    modifier onlyArbiters() {
        if (msg.sender != arbiters) revert OnlyArbiters();
        _;
    }

    function _onlyBatches() private view {
        if (msg.sender != batches) revert OnlyBatches();
    }

    constructor(
        IERC20 token_,
        Parameters parameters_,
        address batches_,
        address arbiters_,
        Draws draws_,
        uint48 unbondingDelay_,
        uint48 topUp_,
        uint48 tick_,
        uint48 epoch_
    )
        Registry(token_, parameters_, unbondingDelay_, tick_, epoch_)
    {
        if (topUp_ >= unbondingDelay_) revert BadConfig(); // whoever is to pay back still has its stake
        (batches, arbiters, draws, topUp) = (batches_, arbiters_, draws_, topUp_);
    }

    /// Token.transferAndCall(marketplace, value, data): with abi.encode(job, terms) it locks the value as the job's escrow, with
    /// abi.encode(peer, wanted) it stakes it. Nobody does either for another: anybody can send nothing in another's name.
    function onTransferReceived(address operator, address from, uint256 value, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(token) || operator != from) revert OnlyToken();
        if (data.length == 64) {
            (bytes32 peer, uint64 wanted) = abi.decode(data, (bytes32, uint64));
            _stake(from, value, peer, wanted);
        } else {
            (bytes32 id, Terms memory t) = abi.decode(data, (bytes32, Terms));
            _lock(from, value, id, t);
        }
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// Reserves the escrow of a job for an account without saying which job: the commitment is keccak256(abi.encode(account, job)).
    /// A lock needs one of an earlier block, so whoever sees a lock on its way cannot lock the same job before it.
    function commit(bytes32 commitment) external {
        if (commitments[commitment] == 0) commitments[commitment] = block.number;
    }

    function _lock(address from, uint256 value, bytes32 id, Terms memory t) private {
        (bool stopped, uint16 feeBps, uint64 minStake) = parameters.forLock();
        if (stopped) revert EscrowPaused();
        Job storage j = _jobs[id];
        if (j.head.owner != address(0)) revert JobExists();
        uint256 time = _now();
        if (
            id == 0 || t.tasks == 0 || t.tasks > MAX_TASKS || t.quorum == 0 || t.quorum > t.replicas
                || t.replicas > MAX_REPLICAS || t.expiry <= time || t.expiry > time + MAX_TERM || value > type(uint64).max
                || t.lateBps > BASE
        ) revert BadTerms();
        uint256 needed = (uint256(t.maxPrice) * t.tasks * t.replicas * (BASE + feeBps) + BASE - 1) / BASE;
        if (value < needed) revert BudgetTooSmall(value, needed);
        bytes32 commitment = keccak256(abi.encode(from, id));
        uint256 committed = commitments[commitment];
        if (committed == 0 || committed >= block.number) revert NotCommitted();
        delete commitments[commitment];
        uint64 budget = uint64(value);
        j.head = Head(from, uint48(t.expiry), uint16(t.tasks), uint8(t.quorum), uint8(t.replicas), feeBps);
        j.money.budget = budget;
        j.panel = Panel(t.maxPrice, minStake, uint32(block.number), 0, t.lateBps, t.verified, false);
        totals.locked += budget;
        emit Locked(id, from, budget, t);
    }

    /// Fixes the award and its seating for good. The beacon is the hash of the next block, so it cannot be known here.
    function anchor(bytes32 id, bytes32 award, bytes calldata seating) external {
        Job storage j = _jobs[id];
        Head memory h = _open(j);
        Panel memory p = j.panel;
        if (msg.sender != h.owner) revert OnlyOwner();
        if (p.anchored != 0) revert AwardExists();
        if (_now() >= h.expiry) revert JobExpired();
        if (award == 0) revert BadAward();
        (j.award, j.seating) = (award, keccak256(seating));
        (j.panel.anchored, j.panel.drawn) = (uint32(block.number), draws.check(h.tasks, h.quorum, p.maxPrice, seating));
        emit Anchored(id, award, seating);
    }

    /// Pays the workers of each certificate their ask, whoever calls. A signature counts if it is by a candidate of the task
    /// whose stake is at least the job's minStake now, and names candidates, itself among them; others are passed over, so that
    /// nobody's fall blocks the rest. A task is settled by a quorum of signatures that count. The seats that a quorum of them
    /// names are paid, signed or not, if their stake is at least minStake now: in their order, at most replicas per task.
    ///
    /// A task that is settled can be topped up: a certificate of the same result that names seats which were not paid yet
    /// pays those, and one that calls seats late which were paid in full takes the difference back; what they have withdrawn of
    /// that the treasury gets of their bonds. Certificates that change nothing are passed over; a claim of nothing else reverts.
    function claim(bytes32 id, bytes calldata seating, Certificate[] calldata certificates) external {
        Job storage j = _jobs[id];
        Head memory h = _open(j);
        Money memory m = j.money;
        Panel memory p = j.panel;
        if (m.batched) revert JobBatched();
        if (p.anchored == 0) revert NoAward();
        if (_now() >= h.expiry) revert JobExpired();
        if (keccak256(seating) != j.seating) revert OtherSeats();

        bytes memory question = _question(id, p, seating);
        (uint64 paid, uint64 fees) = (m.paid, m.fees);
        bool effect;
        bytes memory reason;
        for (uint256 i = 0; i < certificates.length; i++) {
            bytes memory refused = _settle(id, h, m, p, question, seating, certificates[i]);
            if (refused.length == 0) effect = true;
            else reason = refused;
        }
        if (!effect) {
            if (reason.length == 0) revert AlreadySettled();
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
        Totals memory t = totals;
        t.paid = t.paid + m.paid - paid;
        t.fees += m.fees - fees;
        uint64 rest;
        // With everybody paid whom anybody named, nothing is left to top up.
        if (m.settled == h.tasks && !m.narrow) {
            rest = m.budget - m.paid - m.fees;
            m.closed = true;
            t.refunded += rest;
        }
        totals = t;
        j.money = m;
        if (m.closed) {
            emit Refunded(id, h.owner, rest);
            if (rest > 0) token.safeTransfer(h.owner, rest);
        }
        if (p.lateBps != 0) _forward();
    }

    /// Settles or tops up one task, in the given memory and in the storage of results and workers. Returns why it did nothing,
    /// as an encoded error, or nothing when it did.
    function _settle(
        bytes32 id,
        Head memory h,
        Money memory m,
        Panel memory p,
        bytes memory question,
        bytes calldata seating,
        Certificate calldata c
    )
        private
        returns (bytes memory)
    {
        if (c.task >= h.tasks || uint256(c.digest) >> 64 == 0) revert NoSuchTask(c.task);
        uint256 before = _outcomes[id][c.task];
        uint256 result = uint256(c.digest) & ~uint256(type(uint64).max);
        bool first = before == 0;
        if (!first && before ^ result > type(uint64).max) return abi.encodeWithSelector(AlreadySettled.selector);
        before &= type(uint64).max;
        (uint256 counted, uint256 named, uint256 all, uint256 grade) = _count(id, h.quorum, p, question, seating, c);
        if (counted < h.quorum || named == 0) {
            return abi.encodeWithSelector(NoQuorum.selector, c.task, counted, Tally.count(named), h.quorum);
        }
        (uint256 fresh, uint64 pay, uint256 left) = _credit(named & ~before, h.replicas - Tally.count(before), grade, p, seating);
        bool fined = p.lateBps != 0 && uint64(grade) != 0 && _fine(id, c.task, before, fresh, grade, m, p, seating);
        if (!first && fresh == 0 && !fined) return abi.encodeWithSelector(AlreadySettled.selector);
        uint64 fee = uint64(uint256(pay) * h.feeBps / BASE);
        m.paid += pay;
        m.fees += fee;
        before |= fresh;
        if (grade != 0) emit GradedWork(id, c.task, uint96(grade), p.lateBps);
        _outcomes[id][c.task] = result | before; // the mark against double pay; also within this claim
        if (!first) {
            if (fresh != 0) emit ToppedUp(id, c.task, uint64(fresh), pay, fee);
            return "";
        }
        m.settled++;
        m.left = uint24((h.expiry - _now()) >> 11);
        if (!m.narrow) m.narrow = p.lateBps != 0 || left > 0 && _anyStands(all & ~before, p, seating);
        emit Settled(id, c.task, c.digest, uint64(fresh), pay, fee);
        return "";
    }

    /// Returns how many signatures of a certificate count, the seats that a quorum of them names, and those that any names; and
    /// the grade: the share, and the seats that a quorum says were late. Nobody's word alone makes anybody late.
    function _count(bytes32 id, uint256 quorum, Panel memory p, bytes memory question, bytes calldata seating, Certificate calldata c)
        private
        view
        returns (uint256 counted, uint256 named, uint256 all, uint256 grade)
    {
        uint256 size = c.timed ? TIMED : SIGNATURE;
        uint256 n = c.signatures.length / size;
        if (n * size != c.signatures.length || n > MAX_SEATS) revert BadSignatures(c.task);
        uint256[7] memory planes;
        uint256[7] memory lates;
        uint256 count = _size(seating);
        uint256 candidates = _candidates(question, c.task, count);
        address last;
        uint256 agreed;
        bytes32 hash;
        for (uint256 k = 0; k < n; k++) {
            (uint256 seat, uint256 names, bytes32 r, bytes32 vs, uint256 late) = _signature(c.signatures, k * size);
            if (!c.timed) late = 0;
            late |= uint256(c.share) << 64;
            if (seat >= count) revert BadSignatures(c.task);
            (address account,) = _seat(seating, seat);
            if (account <= last) revert BadSignatures(c.task);
            last = account;
            if ((names >> seat) & 1 == 0 || names & ~candidates != 0) continue;
            if (names != agreed || late != grade) {
                (agreed, grade) = (names, late); // most often all signers name the same
                hash = _attested(id, c.task, c.digest, uint64(names), uint96(late));
            }
            if (!_signed(hash, r, vs, account) || !_stands(_workers[account], p)) continue;
            unchecked { counted++; }
            all |= names;
            planes.add(names);
            if (c.timed) lates.add(uint64(late));
        }
        named = planes.atLeast(quorum);
        grade = uint256(c.share) << 64;
        if (c.timed) grade |= lates.atLeast(quorum);
    }

    /// What Draws is asked for the candidates of a task, with room for the task; nothing where all seats are candidates.
    function _question(bytes32 id, Panel memory p, bytes calldata seating) private pure returns (bytes memory question) {
        if (p.drawn) question = abi.encodeCall(Draws.candidates, (id, p.anchored, 0, seating));
    }

    /// The bitmap of the seats that are candidates of a task.
    function _candidates(bytes memory question, uint256 task, uint256 seats) private view returns (uint256 found) {
        if (question.length == 0) return (1 << seats) - 1;
        address drawer = address(draws);
        assembly ("memory-safe") {
            mstore(add(question, 0x64), task) // its third argument
            if iszero(staticcall(gas(), drawer, add(question, 0x20), mload(question), 0, 0x20)) {
                let free := mload(0x40)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
            found := mload(0)
        }
    }

    /// What an attestation is signed over.
    function _attested(bytes32 id, uint256 task, bytes32 digest, uint256 names, uint256 grade) private view returns (bytes32) {
        return _signable(
            grade == 0 ? keccak256(abi.encode(ATTESTED, id, task, digest, names)) : keccak256(abi.encode(GRADED, id, task, digest, names, grade))
        );
    }

    /// What is signed of a statement: EIP-712, for this contract on this chain.
    function _signable(bytes32 statement) private view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN, keccak256("gpumesh"), keccak256("1"), block.chainid, address(this)));
        return keccak256(abi.encodePacked(hex"1901", domain, statement));
    }

    function _stands(Worker storage w, Panel memory p) private view returns (bool) {
        return w.stake >= p.minStake && (!p.verified || w.verified);
    }

    /// Credits the asks of those seats that stand, in their order, at most as many as are left, as the grade says.
    function _credit(uint256 due, uint256 left, uint256 grade, Panel memory p, bytes calldata seating)
        private
        returns (uint256 paid, uint64 pay, uint256)
    {
        uint256 number = _epoch();
        for (uint256 i = 0; due >> i != 0 && left > 0; i++) {
            if ((due >> i) & 1 == 0) continue;
            (address account, uint64 ask) = _seat(seating, i);
            Worker storage w = _workers[account];
            (uint64 earned, uint40 completed, uint256 recent) = (w.earned, w.completed, _recent(w, number));
            if (!_stands(w, p)) continue;
            if (grade != 0) {
                if (grade >> 64 != 0) ask = uint64(ask * (grade >> 64) / SHARES);
                if ((grade >> i) & 1 != 0) ask = uint64(uint256(ask) * (BASE - p.lateBps) / BASE);
            }
            (w.earned, w.completed, w.recent, w.epoch) = (earned + ask, completed + 1, uint32(recent + 1), uint24(number));
            paid |= 1 << i;
            pay += ask;
            unchecked { left--; }
        }
        return (paid, pay, left);
    }

    /// Notes who was late, and takes back from seats that were paid in full before what that costs them. The fee stays. Returns
    /// whether there are such seats.
    function _fine(bytes32 id, uint256 task, uint256 before, uint256 fresh, uint256 grade, Money memory m, Panel memory p, bytes calldata seating)
        private
        returns (bool)
    {
        uint256 known = _fined[id][task];
        uint256 late = uint64(grade) & (before | fresh) & ~known;
        if (late == 0) return false;
        _fined[id][task] = known | late;
        late &= before;
        if (late == 0) return false;
        uint64 back;
        for (uint256 i = 0; late >> i != 0; i++) {
            if ((late >> i) & 1 == 0) continue;
            (address account, uint64 ask) = _seat(seating, i);
            if (grade >> 64 != 0) ask = uint64(ask * (grade >> 64) / SHARES);
            uint64 earned = _takeBack(account, ask - uint64(uint256(ask) * (BASE - p.lateBps) / BASE));
            back += earned;
            emit Fined(id, uint32(task), account, earned);
        }
        m.paid -= back;
        return true;
    }

    function _anyStands(uint256 some, Panel memory p, bytes calldata seating) private view returns (bool) {
        for (uint256 i = 0; some >> i != 0; i++) {
            if ((some >> i) & 1 == 0) continue;
            (address account,) = _seat(seating, i);
            if (_stands(_workers[account], p)) return true;
        }
        return false;
    }

    /// The number of seats.
    function _size(bytes calldata seating) private pure returns (uint256 count) {
        assembly ("memory-safe") {
            count := byte(1, calldataload(seating.offset))
        }
    }

    function _seat(bytes calldata seating, uint256 i) private pure returns (address account, uint64 ask) {
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(add(seating.offset, add(2, shl(5, i))))
        }
        return (address(uint160(word >> 96)), uint64(word >> 32));
    }

    /// The signature at a place in a certificate, which is long enough.
    function _signature(bytes calldata all, uint256 place)
        private
        pure
        returns (uint256 seat, uint256 names, bytes32 r, bytes32 vs, uint256 late)
    {
        assembly ("memory-safe") {
            let at := add(all.offset, place)
            seat := byte(0, calldataload(at))
            names := shr(192, calldataload(add(at, 1)))
            r := calldataload(add(at, 9))
            vs := calldataload(add(at, 41))
            late := shr(192, calldataload(add(at, 73)))
        }
    }

    /// Whether r and vs are the account's signature. A statement has one per account: the upper s is refused.
    function _signed(bytes32 hash, bytes32 r, bytes32 vs, address account) private pure returns (bool) {
        uint256 s = uint256(vs) & (type(uint256).max >> 1);
        if (s > HALF_ORDER || account == address(0)) return false;
        return ecrecover(hash, uint8(uint256(vs) >> 255) + 27, r, bytes32(s)) == account;
    }

    /// Returns what is left to the owner: before an award when the owner asks; when every task is settled and the time for
    /// top-ups is over, and from the expiry on, whoever asks.
    function refund(bytes32 id) external {
        Job storage j = _jobs[id];
        Head memory h = _open(j);
        Money memory m = j.money;
        if (m.batched) revert JobBatched();
        if (_now() < h.expiry) {
            if (m.settled == h.tasks) {
                uint64 until = h.expiry - (uint64(m.left) << 11) + topUp; // up to 2 s later than exact
                if (_now() < until) revert TopUpOpen(until);
            } else if (msg.sender != h.owner || j.panel.anchored != 0) {
                revert RefundTooEarly(h.expiry);
            }
        }
        _close(id, j, h, m);
    }

    function _close(bytes32 id, Job storage j, Head memory h, Money memory m) private {
        uint64 rest = m.budget - m.paid - m.fees;
        m.closed = true;
        j.money = m;
        totals.refunded += rest;
        emit Refunded(id, h.owner, rest);
        if (rest > 0) token.safeTransfer(h.owner, rest);
    }

    /// Whether the account signed that it computed this digest for the task.
    function revealed(bytes32 id, uint32 task, address account, bytes32 digest, bytes calldata rvs) public view returns (bool) {
        return signedBy(_signable(keccak256(abi.encode(REVEALED, id, task, digest))), rvs, account);
    }

    /// Whether 64 bytes are the account's signature over a hash, in the one form that counts here.
    function signedBy(bytes32 hash, bytes calldata rvs, address account) public pure returns (bool) {
        return rvs.length == 64 && _signed(hash, bytes32(rvs[:32]), bytes32(rvs[32:]), account);
    }

    /// Convicts an account by the verdict of arbiters, or for them to hold what it takes. The reporter gets the reward, and its costs out of the
    /// treasury's part. Of a task above all that there are nobody can have been convicted before.
    function convict(bytes32 id, uint256 task, address account, address reporter, uint64 costs) external onlyArbiters returns (uint64) {
        return _convict(id, task, account, reporter, costs);
    }

    /// Undoes a conviction: the arbiters send the amount back. The account can be convicted of the task again.
    function restore(bytes32 id, uint32 task, address account, uint64 amount) external onlyArbiters {
        delete slashed[id][task][account];
        _restore(account, amount);
        emit Restored(id, task, account, amount);
    }

    /// Convicts an account of two answers that it signed for one task, whatever is certified: of two revealed results, of two attested ones,
    /// or of two shares of one. To name other seats, or to call others late, is no contradiction: who sees more later says so. Nor is an
    /// attestation of another result than the revealed one: that is for Arbiters.slash.
    /// The signature of a reveal is r and vs; that of an attestation is the bitmap of the seats it names (8 bytes), the grade (12 bytes,
    /// of which 4 are the share), then r and vs.
    function slashTwice(bytes32 id, uint32 task, address account, bytes32[2] calldata digests, bytes[2] calldata signatures) external {
        bytes4[2] memory shares;
        bool reveals = signatures[0].length == 64;
        for (uint256 i = 0; i < 2; i++) {
            bytes calldata s = signatures[i];
            if (reveals) {
                if (!revealed(id, task, account, digests[i], s)) revert BadEvidence();
                continue;
            }
            if (s.length != 84) revert BadEvidence();
            shares[i] = bytes4(s[8:12]);
            bytes32 hash = _attested(id, task, digests[i], uint64(bytes8(s)), uint96(bytes12(s[8:20])));
            if (!_signed(hash, bytes32(s[20:52]), bytes32(s[52:]), account)) revert BadEvidence();
        }
        if (digests[0] == digests[1] && shares[0] == shares[1]) revert NotContradicted(task);
        _convict(id, task, account, msg.sender, 0);
    }

    function _convict(bytes32 id, uint256 task, address account, address reporter, uint64 costs) private returns (uint64 amount) {
        if (slashed[id][task][account]) revert AlreadySlashed();
        slashed[id][task][account] = true;
        uint64 reward;
        (amount, reward) = _slash(account, reporter, costs);
        emit Convicted(id, uint32(task), account, amount, reporter, reward);
    }

    /// Sends the fees so far to the treasury. Anybody may ask.
    function collect() external {
        uint64 amount = totals.fees - books.collected;
        if (amount == 0) revert NothingToWithdraw();
        books.collected += amount;
        address treasury = _treasury();
        emit FeesCollected(treasury, amount);
        token.safeTransfer(treasury, amount);
    }

    /// Takes a job into a batch: it has an award, nothing is claimed yet, and it does not expire within the given time. Who is verified
    /// changes, and what was right when a batch was posted must stay right, so jobs for verified workers only are claimed; so are
    /// those whose workers can be late. What its candidates are drawn by is kept, so that answers can be checked as long as they take.
    function reserve(bytes32 id, uint64 pay, uint48 time) external onlyBatches returns (uint64 fee) {
        Job storage j = _jobs[id];
        Head memory h = _open(j);
        Money memory m = j.money;
        if (j.panel.anchored == 0) revert NoAward();
        if (j.panel.verified || j.panel.lateBps != 0) revert NotForBatches();
        if (m.batched) revert JobBatched();
        if (m.settled > 0) revert AlreadySettled();
        if (_now() + time >= h.expiry) revert JobExpired();
        fee = uint64(uint256(pay) * h.feeBps / BASE);
        if (uint256(pay) + fee > m.budget) revert BudgetTooSmall(m.budget, uint256(pay) + fee);
        if (j.panel.drawn) draws.keep(this, id);
        j.money.batched = true;
    }

    /// Gives a job of a void batch back to claims.
    function unreserve(bytes32 id) external onlyBatches {
        _jobs[id].money.batched = false;
    }

    /// Books a final batch and hands its pay over.
    function bank(uint64 pay, uint64 fees) external onlyBatches {
        totals.paid += pay;
        totals.fees += fees;
        books.withdrawn += pay;
        token.safeTransfer(batches, pay);
    }

    /// Closes a job of a final batch, which was banked, and returns the rest to its owner.
    function finish(bytes32 id, uint64 pay) external onlyBatches {
        Job storage j = _jobs[id];
        Head memory h = _open(j);
        Money memory m = j.money;
        m.paid = pay;
        m.fees = uint64(uint256(pay) * h.feeBps / BASE);
        m.settled = h.tasks;
        m.batched = false;
        _close(id, j, h, m);
    }

    /// The seats that a certificate pays, at most the job's replicas, and how many those are at most. Stake is not looked at:
    /// what was right when a batch was posted must stay right.
    function payees(bytes32 id, bytes calldata seating, Certificate calldata c) external view returns (uint256 paid, uint256 replicas) {
        Job storage j = _jobs[id];
        Head memory h = j.head;
        if (keccak256(seating) != j.seating) revert OtherSeats();
        if (c.task >= h.tasks || uint256(c.digest) >> 64 == 0) revert NoSuchTask(c.task);
        bytes memory question = _question(id, j.panel, seating);
        Panel memory p; // of no least stake
        (uint256 counted, uint256 named,,) = _count(id, h.quorum, p, question, seating, c);
        if (counted < h.quorum) revert NoQuorum(c.task, counted, Tally.count(named), h.quorum);
        replicas = h.replicas;
        for (uint256 n = 0; named != 0 && n < replicas; n++) {
            uint256 low = named & (~named + 1);
            paid |= low;
            named ^= low;
        }
    }

    function job(bytes32 id) external view returns (Job memory) {
        return _jobs[id];
    }

    /// Of count tasks from first on: the first 24 bytes of the certified digest, then the bitmap of the seats that are paid (zero: not settled);
    /// and the bitmap of those of them that were paid less for being late.
    function results(bytes32 id, uint32 first, uint32 count) external view returns (uint256[] memory outcomes, uint256[] memory fined) {
        outcomes = new uint256[](count);
        fined = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            (outcomes[i], fined[i]) = (_outcomes[id][first + i], _fined[id][first + i]);
        }
    }

    function _open(Job storage j) private view returns (Head memory h) {
        h = j.head;
        if (h.owner == address(0)) revert NoJob();
        if (j.money.closed) revert JobClosed();
    }
}
