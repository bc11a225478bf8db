// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Marketplace} from "./Marketplace.sol";
import {Parameters} from "./Parameters.sol";
import {Registry} from "./Registry.sol";

/// Convictions by certificates, as long as they are not final. An owner can seat a ring, whose certificate contradicts what honest
/// workers revealed. So what such a conviction takes is held here for a window, in which the account can appeal: the arbiters judge what it
/// revealed. Found right, it has everything back, what it revealed counts instead of the certificate, and whoever reported it is convicted.
///
/// A conviction is deleted before any token moves.
abstract contract Appeals {
    using SafeERC20 for IERC20;

    struct Conviction {
        address account; // zero: none, or final
        uint48 until; // to appeal, ms since 1970
        uint32 task;
        address reporter; // answers with its own stake
        uint64 amount; // taken of the account's stake, and held here
        uint32 appeal; // number of the case; zero: none
        bytes32 job;
        bytes32 digest; // what the account revealed
    }

    IERC20 public immutable token;
    Marketplace public immutable marketplace;
    uint48 public immutable window; // ms from a conviction to the last appeal, and from a case to its verdict
    uint64 public immutable deposit; // of an accuser, or of whoever appeals; pays those who sign the verdict
    uint48 private immutable _tick;

    uint32 public convictionCount;
    mapping(uint256 id => Conviction) internal _convictions;
    mapping(address account => uint256) public held; // how many convictions of it are not final
    // What arbiters found that a task gives instead of the certified digest; zero: they found nothing. It is found once.
    mapping(bytes32 job => mapping(uint256 task => bytes32)) public truth;
    // Job, task, account, and the digest that was right then: undone for what it is, so nobody is convicted of it again.
    mapping(bytes32 key => bool) private _tried;
    mapping(address reporter => uint256 id) private _void; // its convictions up to this one: it was wrong in another
    mapping(bytes32 key => uint256 id) private _newest; // of job, task and account

    event Held(
        uint256 indexed id, bytes32 indexed job, address indexed account, uint32 task, address reporter, bytes32 digest, uint64 amount, uint48 until
    );
    event Appealed(uint256 indexed id, uint64 indexed case_);
    event Final(uint256 indexed id, uint64 reward);
    event Undone(uint256 indexed id, bool right);
    event Found(bytes32 indexed job, uint32 indexed task, bytes32 digest);

    error BadConfig();
    error BadEvidence();
    error NotEligible(address account);
    error NotSettled(uint32 task);
    error NotContradicted(uint32 task);
    error WasUndone();
    error NoConviction();
    error AlreadyAppealed();
    error TooEarly();
    error TooLate();

    constructor(IERC20 token_, Marketplace marketplace_, uint48 window_, uint64 deposit_) {
        // Neither the accused nor a reporter can take its stake out before the verdict.
        if (marketplace_.arbiters() != address(this) || window_ == 0 || 2 * uint256(window_) >= marketplace_.unbondingDelay() || deposit_ == 0) {
            revert BadConfig();
        }
        (token, marketplace, window, deposit) = (token_, marketplace_, window_, deposit_);
        _tick = marketplace_.tick();
    }

    /// Convicts an account of a signed reveal that contradicts what is certified, or what arbiters found instead. The caller gets the reward
    /// when that is final. It has the least stake, with which it answers.
    function slash(bytes32 job, uint32 task, address account, bytes32 digest, bytes calldata rvs) external {
        bytes32 right = _right(job, task);
        if (right == 0) revert NotSettled(task);
        if ((uint256(right) ^ uint256(digest)) >> 64 == 0) revert NotContradicted(task);
        if (!marketplace.revealed(job, task, account, digest, rvs)) revert BadEvidence();
        if (msg.sender == account || _worker(msg.sender).stake < marketplace.parameters().values().minStake) revert NotEligible(msg.sender);
        uint64 amount = marketplace.convict(job, task, account, address(this), type(uint64).max);
        if (_tried[keccak256(abi.encode(job, task, account, right))]) revert WasUndone();
        uint32 id = ++convictionCount;
        uint48 until = _now() + window;
        _convictions[id] = Conviction(account, until, task, msg.sender, amount, 0, job, digest);
        _newest[keccak256(abi.encode(job, task, account))] = id;
        held[account]++;
        emit Held(id, job, account, task, msg.sender, digest, amount, until);
    }

    /// What a task gives, as far as it is known: what arbiters found, else what is certified.
    function _right(bytes32 job, uint32 task) private view returns (bytes32 right) {
        right = truth[job][task];
        if (right != 0) return right;
        (uint256[] memory outcomes,) = marketplace.results(job, task, 1);
        return bytes32(outcomes[0] >> 64 << 64);
    }

    /// Ends a conviction, whoever asks: one that nobody appealed against in time is paid out. One of an account that was right, or that is void, is
    /// undone at any time.
    function end(uint256 id) external {
        Conviction memory v = _convictions[id];
        if (v.account == address(0)) revert NoConviction();
        bool right = _isTruth(v.job, v.task, v.digest);
        if (!right && !_isVoid(id, v.reporter)) {
            if (v.appeal != 0 || _now() < v.until) revert TooEarly();
            _settle(id, v);
            return;
        }
        if (v.appeal != 0) _forget(v.appeal);
        _undo(id, v, right, 0);
        if (v.appeal != 0) token.safeTransfer(v.account, deposit);
    }

    /// Drops a case without a verdict.
    function _forget(uint256 case_) internal virtual;

    /// Notes an appeal and returns the number of the conviction.
    function _appeal(bytes32 job, uint32 task, address account, bytes32 digest, uint64 case_) internal returns (uint32 id) {
        id = uint32(_newest[keccak256(abi.encode(job, task, account))]);
        Conviction storage v = _convictions[id];
        if (v.account == address(0)) revert NoConviction();
        if (v.digest != digest) revert BadEvidence();
        if (v.appeal != 0) revert AlreadyAppealed();
        if (_now() >= v.until) revert TooLate();
        v.appeal = uint32(case_);
        emit Appealed(id, case_);
    }

    /// Ends a conviction by the verdict about its appeal. What arbiters found before counts more. Whoever is acquitted of yet another digest has its
    /// stake back, and no more: its reporter relied on what they had found.
    function _decide(uint256 id, bool guilty) internal {
        Conviction memory v = _convictions[id];
        bool right = _isTruth(v.job, v.task, v.digest);
        if (guilty && !right) {
            _settle(id, v);
            return;
        }
        if (truth[v.job][v.task] == 0) {
            truth[v.job][v.task] = v.digest;
            right = true;
            emit Found(v.job, v.task, v.digest);
        }
        _acquit(id, v, right, deposit);
    }

    /// Ends a conviction whose appeal nobody judged in time. If there was a committee for it the doubt is the account's.
    function _lapse(uint256 id, bool drawn) internal {
        Conviction memory v = _convictions[id];
        bool right = _isTruth(v.job, v.task, v.digest);
        if (right || drawn) _acquit(id, v, right, 0);
        else if (_isVoid(id, v.reporter)) _undo(id, v, false, 0);
        else _settle(id, v);
    }

    /// Whether whoever reported a conviction has had somebody convicted who was right, before that was known.
    function _isVoid(uint256 id, address reporter) private view returns (bool) {
        return id <= _void[reporter];
    }

    function _isTruth(bytes32 job, uint32 task, bytes32 digest) internal view returns (bool) {
        bytes32 found = truth[job][task];
        return found != 0 && found == digest;
    }

    function _settle(uint256 id, Conviction memory v) private {
        delete _convictions[id];
        held[v.account]--;
        Parameters.Values memory p = marketplace.parameters().values();
        uint64 reward = uint64(uint256(v.amount) * p.rewardBps / 10_000);
        emit Final(id, reward);
        token.safeTransfer(v.reporter, reward);
        token.safeTransfer(p.treasury, v.amount - reward);
    }

    /// Undoes a conviction for what it is: the same convicts nobody again.
    function _acquit(uint256 id, Conviction memory v, bool right, uint64 costs) private {
        _tried[keccak256(abi.encode(v.job, v.task, v.account, _right(v.job, v.task)))] = true;
        _undo(id, v, right, costs);
    }

    /// Gives an account back what was taken, with its fault. If it was right its reporter is convicted, and pays it the reward and costs. What else that
    /// one has reported so far counts for nothing: one stake would else answer for any number of reports.
    function _undo(uint256 id, Conviction memory v, bool right, uint64 costs) private {
        delete _convictions[id];
        held[v.account]--;
        emit Undone(id, right);
        marketplace.restore(v.job, v.task, v.account, v.amount);
        token.safeTransfer(address(marketplace), v.amount);
        // Of two results for a job of that name it could have itself convicted beforehand, but not for this task.
        if (!right) return;
        _void[v.reporter] = convictionCount;
        marketplace.convict(keccak256(abi.encode(address(this), "conviction", id)), 1 << 32, v.reporter, v.account, costs);
    }

    function _worker(address account) internal view returns (Registry.Worker memory) {
        address[] memory one = new address[](1);
        one[0] = account;
        return marketplace.workers(one)[0];
    }

    function _now() internal view returns (uint48) {
        return uint48(block.timestamp * _tick);
    }

    /// Of count convictions from number first on those that are not final; the others are zeros. And which of them are void.
    function convictions(uint256 first, uint256 count) external view returns (Conviction[] memory out, bool[] memory isVoid) {
        (out, isVoid) = (new Conviction[](count), new bool[](count));
        for (uint256 i = 0; i < count; i++) {
            out[i] = _convictions[first + i];
            isVoid[i] = _isVoid(first + i, out[i].reporter);
        }
    }
}
