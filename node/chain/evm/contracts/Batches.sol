// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {Marketplace} from "./Marketplace.sol";

/// Settles whole jobs by the thousand rewards. Anybody posts the Merkle root of the rewards of many jobs, with a bond, and
/// makes the rewards public. Anybody who doubts a reward, a job's sum or an omission challenges it, with a deposit. The
/// poster must then show the reward with its neighbours and its certificate; each such step is checked here in full. A
/// challenge without answer voids the batch: the challenger gets half of the bond, and the jobs go back to single claims.
///
/// The rewards are sorted by (account, job, task, seat), so that none is in it twice, and carry two running sums: of their
/// account, whose last one is what the account withdraws, and of their job, along a list of indexes, whose last one is what
/// the job is charged. Every rule concerns one reward and its neighbours, so one honest challenger is enough.
contract Batches is IERC1363Receiver {
    using SafeERC20 for IERC20;

    struct Reward {
        address account;
        bytes32 job;
        uint16 task;
        uint8 seat;
        uint64 amount;
        uint64 total; // of the account, up to here
        uint64 sum; // of the job, up to here
        uint32 number; // of the account, in the order of the tree
        uint32 prev; // the job's reward before this one, or NONE
        uint32 next; // and the one after
        bool last; // of the account
    }

    /// A reward, where it is, and its Merkle proof from the leaf upwards.
    struct Opening {
        uint32 index;
        Reward reward;
        bytes32[] proof;
    }

    struct Entry {
        bytes32 job;
        uint64 pay; // of all its rewards
        uint32 last; // index of the last of them, or NONE
    }

    enum State {
        None,
        Open,
        Final,
        Void
    }

    struct Batch {
        uint32 count; // slot 1; rewards
        uint8 depth; // of the tree
        State state;
        uint48 until; // challenges, ms since 1970
        uint32 doubts; // challenges under way
        uint64 fees;
        uint64 left; // of pay, once it is final
        address poster; // slot 2
        uint64 pay; // of all its jobs
        bytes32 root;
    }

    struct Charge {
        uint64 batch; // zero: in none
        uint64 pay;
        uint32 last;
    }

    struct Challenge {
        address challenger;
        uint48 until; // for the answer
        uint32 index;
        uint8 seat;
        bool omitted; // the question is whether (job, task, seat or ANY) is in it, else whether the reward at index is right
        uint64 batch;
        uint16 task;
        bytes32 job; // zero: whatever job the reward is of
    }

    uint32 public constant NONE = type(uint32).max;
    uint8 public constant ANY = type(uint8).max; // seat
    uint256 public constant MAX_DEPTH = 20;

    IERC20 public immutable token;
    Marketplace public immutable marketplace;
    uint48 public immutable window; // ms for challenges, and for each answer
    uint64 public immutable bond; // of a poster
    uint64 public immutable deposit; // of a challenger; pays the poster for an answer
    uint48 private immutable _tick;

    uint64 public batchCount;
    uint64 public challengeCount;
    mapping(uint256 id => Batch) private _batches;
    mapping(uint256 id => Challenge) private _challenges;
    mapping(bytes32 job => Charge) public charges;
    mapping(uint256 batch => mapping(uint256 word => uint256)) private _withdrawn; // bitmap over the numbers of accounts

    event Posted(uint64 indexed batch, address indexed poster, bytes32 root, uint32 count, uint64 pay, string where);
    event Challenged(uint64 indexed batch, uint64 indexed challenge, uint32 index, bytes32 job, bool omitted);
    event Answered(uint64 indexed challenge);
    event Voided(uint64 indexed batch, uint64 indexed challenge);
    event Finalized(uint64 indexed batch);
    event Withdrawn(uint64 indexed batch, address indexed account, uint64 amount);

    error OnlyToken();
    error BadConfig();
    error BadBatch();
    error BadDeposit(uint256 value, uint64 wanted);
    error BadMessage();
    error NotOpen();
    error TooEarly(uint48 until);
    error TooLate();
    error NotFinal();
    error NotInBatch();
    error BadProof(uint32 index);
    error WrongReward();
    error NotLast();
    error AlreadyWithdrawn();
    error Overdrawn();
    error NotOmitted();

    constructor(IERC20 token_, Marketplace marketplace_, uint48 window_, uint64 bond_, uint64 deposit_) {
        // Whoever lies in a certificate is still bonded when the last answer is due.
        if (
            marketplace_.batches() != address(this) || window_ == 0 || 2 * window_ > marketplace_.unbondingDelay() || deposit_ == 0
                || bond_ < 2 * deposit_
        ) revert BadConfig();
        (token, marketplace, window, bond, deposit) = (token_, marketplace_, window_, bond_, deposit_);
        _tick = marketplace_.tick();
    }

    /// Token.transferAndCall(batches, value, abi.encode(kind, message)): kind 0 posts a batch and brings its bond, 1 doubts a
    /// reward, 2 doubts a job's sum, 3 misses a reward, 4 misses a task; these bring the deposit.
    function onTransferReceived(address, address from, uint256 value, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(token)) revert OnlyToken();
        (uint8 kind, bytes memory message) = abi.decode(data, (uint8, bytes));
        uint64 wanted = kind == 0 ? bond : deposit;
        if (value != wanted) revert BadDeposit(value, wanted);
        if (kind == 0) _post(from, message);
        else if (kind == 1) _doubtReward(from, message);
        else if (kind == 2) _doubtJob(from, message);
        else if (kind == 3) _miss(from, message);
        else if (kind == 4) _missTask(from, message);
        else revert BadMessage();
        return IERC1363Receiver.onTransferReceived.selector;
    }

    function _post(address from, bytes memory message) private {
        (bytes32 root, uint32 count, Entry[] memory entries, string memory where) = abi.decode(message, (bytes32, uint32, Entry[], string));
        if (root == 0 || count == 0 || count > 1 << MAX_DEPTH || entries.length == 0) revert BadBatch();
        uint64 id = ++batchCount;
        Batch storage b = _batches[id];
        (b.poster, b.until, b.count, b.depth, b.state, b.root) = (from, _now() + window, count, _depth(count), State.Open, root);
        uint64 pay;
        uint64 fees;
        for (uint256 i = 0; i < entries.length; i++) {
            Entry memory e = entries[i];
            if ((e.last == NONE) != (e.pay == 0) || e.last != NONE && e.last >= count) revert BadBatch();
            // Challenges, answers, and then again as much time to claim one by one if it is void.
            fees += marketplace.reserve(e.job, e.pay, 3 * window);
            charges[e.job] = Charge(id, e.pay, e.last);
            pay += e.pay;
        }
        (b.pay, b.fees) = (pay, fees);
        emit Posted(id, from, root, count, pay, where);
    }

    function _doubtReward(address from, bytes memory message) private {
        (uint64 batch, uint32 index) = abi.decode(message, (uint64, uint32));
        if (index >= _batches[batch].count) revert NotInBatch();
        _doubt(Challenge(from, 0, index, 0, false, batch, 0, 0));
    }

    function _doubtJob(address from, bytes memory message) private {
        bytes32 id = abi.decode(message, (bytes32));
        Charge memory c = charges[id];
        if (c.batch == 0 || c.last == NONE) revert NotInBatch();
        _doubt(Challenge(from, 0, c.last, 0, false, c.batch, 0, id));
    }

    function _miss(address from, bytes memory message) private {
        (bytes32 id, uint8 seat, bytes memory seating, Marketplace.Certificate memory cert) =
            abi.decode(message, (bytes32, uint8, bytes, Marketplace.Certificate));
        Charge memory c = charges[id];
        if (c.batch == 0) revert NotInBatch();
        (uint256 paid,) = marketplace.payees(id, seating, cert);
        if ((paid >> seat) & 1 == 0) revert NotOmitted();
        _doubt(Challenge(from, 0, 0, seat, true, c.batch, uint16(cert.task), id));
    }

    /// A batch pays every task of its jobs: one that was not certified yet might be, and then nobody could claim it.
    function _missTask(address from, bytes memory message) private {
        (bytes32 id, uint16 task) = abi.decode(message, (bytes32, uint16));
        Charge memory c = charges[id];
        if (c.batch == 0 || task >= marketplace.job(id).head.tasks) revert NotInBatch();
        _doubt(Challenge(from, 0, 0, ANY, true, c.batch, task, id));
    }

    function _doubt(Challenge memory c) private {
        Batch storage b = _batches[c.batch];
        if (b.state != State.Open) revert NotOpen();
        if (_now() >= b.until) revert TooLate();
        c.until = _now() + window;
        b.doubts++;
        uint64 id = ++challengeCount;
        _challenges[id] = c;
        emit Challenged(c.batch, id, c.index, c.job, c.omitted);
    }

    /// Answers a challenge with the reward in question and those around it: self; the ones before and after it in the tree,
    /// where there are any; the previous and the next one of its job, where there are any. The deposit goes to the poster.
    /// Anybody may answer: the truth is the truth.
    function answer(uint64 challenge, Opening calldata self, Opening[] calldata around, bytes calldata seating, Marketplace.Certificate calldata cert)
        external
    {
        (Challenge memory c, Batch storage b) = _challenge(challenge);
        if (c.omitted || self.index != c.index) revert WrongReward();
        if (c.job != 0 && self.reward.job != c.job) revert WrongReward();
        Reward calldata r = self.reward;
        _prove(b, self);
        uint256 used;

        // Its place in the tree: strictly after the one before it, and the account's sum.
        uint64 total;
        uint32 number;
        if (self.index > 0) {
            Opening calldata o = around[used++];
            _prove(b, o);
            if (o.index != self.index - 1 || !_before(o.reward, r)) revert WrongReward();
            bool same = o.reward.account == r.account;
            if (o.reward.last == same) revert WrongReward();
            number = o.reward.number;
            if (same) total = o.reward.total;
            else number++;
        }
        if (uint256(total) + r.amount != r.total || r.number != number) revert WrongReward();
        if (self.index + 1 < b.count) {
            Opening calldata o = around[used++];
            _prove(b, o);
            if (o.index != self.index + 1 || !_before(r, o.reward) || r.last == (o.reward.account == r.account)) revert WrongReward();
        } else if (!r.last) {
            revert WrongReward();
        }

        // Its place in the job's list, and the job's sum.
        Charge memory charge = charges[r.job];
        if (charge.batch != c.batch) revert WrongReward();
        uint64 sum;
        if (r.prev != NONE) {
            Opening calldata o = around[used++];
            _prove(b, o);
            if (o.index != r.prev || o.reward.job != r.job || o.reward.next != self.index || !_earlier(o.reward, r)) revert WrongReward();
            sum = o.reward.sum;
        }
        if (uint256(sum) + r.amount != r.sum) revert WrongReward();
        if (r.next != NONE) {
            Opening calldata o = around[used++];
            _prove(b, o);
            if (o.index != r.next || o.reward.job != r.job || o.reward.prev != self.index || self.index == charge.last) revert WrongReward();
        } else if (self.index != charge.last || r.sum != charge.pay) {
            revert WrongReward();
        }

        // What it is for. Jobs with graded certificates are claimed one by one.
        uint256 place = 2 + 32 * uint256(r.seat); // as Draws packs it
        if (cert.share != 0 || cert.timed || cert.task != r.task || place + 32 > seating.length) revert WrongReward();
        if (bytes28(seating[place:]) != bytes28(abi.encodePacked(r.account, r.amount))) revert WrongReward();
        (uint256 paid,) = marketplace.payees(r.job, seating, cert);
        if ((paid >> r.seat) & 1 == 0) revert WrongReward();
        _answered(challenge, b);
    }

    /// Answers that a reward is missing: there it is.
    function answerMissing(uint64 challenge, Opening calldata self) external {
        (Challenge memory c, Batch storage b) = _challenge(challenge);
        Reward calldata r = self.reward;
        if (!c.omitted || r.job != c.job || r.task != c.task || r.seat != c.seat && c.seat != ANY) revert WrongReward();
        _prove(b, self);
        _answered(challenge, b);
    }

    function _challenge(uint64 challenge) private view returns (Challenge memory c, Batch storage b) {
        c = _challenges[challenge];
        b = _batches[c.batch];
        if (c.challenger == address(0) || b.state != State.Open) revert NotOpen();
        if (_now() >= c.until) revert TooLate();
    }

    function _answered(uint64 challenge, Batch storage b) private {
        delete _challenges[challenge];
        b.doubts--;
        emit Answered(challenge);
        token.safeTransfer(b.poster, deposit);
    }

    /// Ends a batch whose poster did not answer in time. Half of the bond goes to the challenger with its deposit, half to the
    /// treasury, so that nobody gains by challenging itself.
    function voidBatch(uint64 challenge) external {
        Challenge memory c = _challenges[challenge];
        Batch storage b = _batches[c.batch];
        if (c.challenger == address(0) || b.state != State.Open) revert NotOpen();
        if (_now() < c.until) revert TooEarly(c.until);
        b.state = State.Void;
        delete _challenges[challenge];
        emit Voided(c.batch, challenge);
        token.safeTransfer(c.challenger, deposit + bond / 2);
        token.safeTransfer(marketplace.parameters().values().treasury, bond - bond / 2);
    }

    /// Returns the deposit of a challenge that another one's success left without answer.
    function takeBack(uint64 challenge) external {
        Challenge memory c = _challenges[challenge];
        if (c.challenger == address(0) || _batches[c.batch].state != State.Void) revert NotOpen();
        delete _challenges[challenge];
        token.safeTransfer(c.challenger, deposit);
    }

    /// Gives a job of a void batch back to single claims.
    function free(bytes32 id) external {
        Charge memory c = charges[id];
        if (c.batch == 0 || _batches[c.batch].state != State.Void) revert NotOpen();
        delete charges[id];
        marketplace.unreserve(id);
    }

    /// Makes a batch final after its window, and returns the bond.
    function finalize(uint64 batch) external {
        Batch storage b = _batches[batch];
        if (b.state != State.Open || b.doubts > 0) revert NotOpen();
        if (_now() < b.until) revert TooEarly(b.until);
        (b.state, b.left) = (State.Final, b.pay);
        emit Finalized(batch);
        marketplace.bank(b.pay, b.fees);
        token.safeTransfer(b.poster, bond);
    }

    /// Closes the escrows of jobs of a final batch: what is left goes to their owners.
    function finish(bytes32[] calldata ids) external {
        for (uint256 i = 0; i < ids.length; i++) {
            Charge memory c = charges[ids[i]];
            if (_batches[c.batch].state != State.Final) revert NotFinal();
            marketplace.finish(ids[i], c.pay);
        }
    }

    /// Pays an account everything it earned in a final batch, by its last reward there. Anybody may ask; it gets it. A batch that nobody
    /// doubted may be false, and pays no more than its jobs were charged.
    function withdraw(uint64 batch, Opening calldata o) external {
        Batch storage b = _batches[batch];
        if (b.state != State.Final) revert NotFinal();
        _prove(b, o);
        if (!o.reward.last) revert NotLast();
        uint32 number = o.reward.number;
        uint256 bit = 1 << (number & 255);
        uint256 word = _withdrawn[batch][number >> 8];
        if (word & bit != 0) revert AlreadyWithdrawn();
        _withdrawn[batch][number >> 8] = word | bit;
        if (o.reward.total > b.left) revert Overdrawn();
        b.left -= o.reward.total;
        emit Withdrawn(batch, o.reward.account, o.reward.total);
        token.safeTransfer(marketplace.payoutOf(o.reward.account), o.reward.total);
    }

    function batchOf(uint64 id) external view returns (Batch memory) {
        return _batches[id];
    }

    function challengeOf(uint64 id) external view returns (Challenge memory) {
        return _challenges[id];
    }

    function _prove(Batch storage b, Opening calldata o) private view {
        if (o.index >= b.count || o.proof.length != b.depth) revert BadProof(o.index);
        (Reward calldata r, bytes32[] calldata proof, uint256 index) = (o.reward, o.proof, o.index);
        bytes32 node;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, r, 352) // as abi.encode has the 11 fields
            node := keccak256(free, 352)
            let end := add(proof.offset, shl(5, proof.length))
            for { let at := proof.offset } lt(at, end) { at := add(at, 0x20) } {
                let side := shl(5, and(index, 1)) // where node goes
                mstore(side, node)
                mstore(xor(side, 0x20), calldataload(at))
                node := keccak256(0, 0x40)
                index := shr(1, index)
            }
        }
        if (node != b.root) revert BadProof(o.index);
    }

    /// The order of the tree.
    function _before(Reward calldata a, Reward calldata b) private pure returns (bool) {
        if (a.account != b.account) return a.account < b.account;
        if (a.job != b.job) return a.job < b.job;
        return _earlier(a, b);
    }

    /// The order within a job.
    function _earlier(Reward calldata a, Reward calldata b) private pure returns (bool) {
        return (uint256(a.task) << 8 | a.seat) < (uint256(b.task) << 8 | b.seat);
    }

    function _depth(uint256 count) private pure returns (uint8 d) {
        while (uint256(1) << d < count) d++;
    }

    function _now() private view returns (uint48) {
        return uint48(block.timestamp * _tick);
    }
}
