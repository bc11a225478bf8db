// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Parameters} from "./Parameters.sol";

/// The workers: the peer id that each account speaks for, its stake, what it earned, and its record. It is the part of the
/// marketplace that holds accounts. Only an account itself, or the payout address that it named, can take money out.
abstract contract Registry {
    using SafeERC20 for IERC20;

    struct Worker {
        bytes32 peer; // raw Ed25519 public key; zero: not registered
        uint64 stake; // from here on one slot: all that a claim reads and writes of a worker. Token base units
        uint64 earned; // paid by claims and not withdrawn
        uint40 completed; // replicas paid
        uint32 recent; // the same, but halved at the end of each epoch since they were paid, as of the epoch below
        uint24 epoch; // of the last pay
        uint24 faults; // times convicted, at most as many as fit
        bool verified; // by the verifier of the parameters
        uint64 unbonding; // leaving, and slashable until withdrawn
        address payout; // where withdrawals go; zero: to the account
        uint8 role; // 0 edge, 1 core, 2 gateway
        uint48 release; // when unbonding can be withdrawn, ms since 1970
    }

    struct Books {
        uint64 staked; // stake and unbonding of all
        uint64 slashed; // with what fines took of bonds, and what arbiters hold of it
        uint64 withdrawn; // of what was earned
        uint64 collected; // of the fees
    }

    uint8 public constant ROLES = 3;
    uint48 private constant MIN_EPOCH = 1 hours * 1000; // ms: their numbers since 1970 fit a worker's slot

    IERC20 public immutable token;
    Parameters public immutable parameters;
    uint48 public immutable unbondingDelay; // ms
    uint48 public immutable tick; // ms per unit of block.timestamp: 1000 wherever blocks count seconds
    uint48 public immutable epoch; // ms after which a record counts half; zero: records do not age

    Books public books;
    mapping(address account => Worker) internal _workers;
    uint64 private transient _seized; // of bonds, by fines of this transaction; not with the treasury yet

    event Registered(address indexed account, bytes32 indexed peer, uint64 added, uint64 stake);
    event RoleSet(address indexed account, uint8 role);
    event PayoutSet(address indexed account, address payout);
    event Verified(address indexed account, bool verified);
    event Unbonding(address indexed account, uint64 amount, uint64 unbonding, uint48 release);
    event Withdrawn(address indexed account, address payout, uint64 earned, uint64 stake);
    event Slashed(address indexed account, uint64 amount, address indexed reporter, uint64 reward, address treasury);

    error BadConfig();
    error BadPeer();
    error BadRole();
    error OnlyPayout(address payout);
    error OnlyVerifier();
    error NotRegistered(address account);
    error StakeMismatch(uint256 stake, uint256 added, uint64 wanted);
    error StakeTooSmall(uint64 stake, uint64 wanted);
    error NothingToWithdraw();
    error StillUnbonding(uint48 release);

    constructor(IERC20 token_, Parameters parameters_, uint48 unbondingDelay_, uint48 tick_, uint48 epoch_) {
        if (tick_ == 0 || tick_ > 1000 || epoch_ != 0 && epoch_ < MIN_EPOCH) revert BadConfig();
        token = token_;
        parameters = parameters_;
        unbondingDelay = unbondingDelay_;
        tick = tick_;
        epoch = epoch_;
    }

    /// Binds the caller to a peer id without adding stake.
    function register(bytes32 peer) external {
        _register(msg.sender, peer, 0);
    }

    /// Token.transferAndCall(marketplace, value, abi.encode(peer, wanted)) binds the sender to a peer id and adds value to its
    /// stake, which must then be exactly wanted: the same call twice cannot stake twice.
    function _stake(address from, uint256 value, bytes32 peer, uint64 wanted) internal {
        uint256 stake = _workers[from].stake;
        if (stake + value != wanted) revert StakeMismatch(stake, value, wanted);
        _register(from, peer, uint64(value));
    }

    function _register(address account, bytes32 peer, uint64 added) private {
        if (peer == 0) revert BadPeer();
        Worker storage w = _workers[account];
        if (w.peer != peer) w.peer = peer;
        if (added > 0) {
            w.stake += added;
            books.staked += added;
        }
        emit Registered(account, peer, added, w.stake);
    }

    function setRole(uint8 role) external {
        if (_workers[msg.sender].peer == 0) revert NotRegistered(msg.sender);
        if (role >= ROLES) revert BadRole();
        _workers[msg.sender].role = role;
        emit RoleSet(msg.sender, role);
    }

    /// Names the address that gets everything the account withdraws. Once named, only that address can name another: whoever
    /// steals the signing key of a node steals neither its stake nor its pay.
    function setPayout(address account, address payout) external {
        Worker storage w = _workers[account];
        _onlyPayout(account, w);
        w.payout = payout;
        emit PayoutSet(account, payout);
    }

    function _onlyPayout(address account, Worker storage w) private view {
        address holder = w.payout == address(0) ? account : w.payout;
        if (msg.sender != holder) revert OnlyPayout(holder);
    }

    function setVerified(address account, bool verified) external {
        if (msg.sender != parameters.values().verifier) revert OnlyVerifier();
        if (_workers[account].peer == 0) revert NotRegistered(account);
        _workers[account].verified = verified;
        emit Verified(account, verified);
    }

    /// Starts to take stake out. A second call adds to the first and starts the delay anew. The account or its payout address
    /// asks: the stake can only go to the latter.
    function unbond(address account, uint64 amount) external {
        Worker storage w = _workers[account];
        if (msg.sender != account) _onlyPayout(account, w);
        if (amount == 0 || w.stake < amount) revert StakeTooSmall(w.stake, amount);
        w.stake -= amount;
        w.unbonding += amount;
        w.release = uint48(_now()) + unbondingDelay;
        emit Unbonding(account, amount, w.unbonding, w.release);
    }

    /// Pays out what the account earned. Nothing can stop it.
    function withdrawEarned(address account) external {
        Worker storage w = _workers[account];
        uint64 amount = w.earned;
        if (amount == 0) revert NothingToWithdraw();
        w.earned = 0;
        books.withdrawn += amount;
        _send(account, w, amount, 0);
    }

    /// Pays out what has been unbonding for the whole delay.
    function withdrawStake(address account) external {
        Worker storage w = _workers[account];
        uint64 amount = w.unbonding;
        if (amount == 0) revert NothingToWithdraw();
        if (_now() < w.release) revert StillUnbonding(w.release);
        w.unbonding = 0;
        books.staked -= amount;
        _send(account, w, 0, amount);
    }

    function _send(address account, Worker storage w, uint64 earned, uint64 stake) private {
        if (msg.sender != account) _onlyPayout(account, w);
        address to = w.payout == address(0) ? account : w.payout;
        emit Withdrawn(account, to, earned, stake);
        token.safeTransfer(to, earned + stake);
    }

    /// Takes slashBps of everything the account has bonded (rounded up), gives rewardBps of that to the reporter, with its costs as
    /// far as there is so much, and the rest to the treasury.
    function _slash(address account, address reporter, uint64 costs) internal returns (uint64 amount, uint64 reward) {
        Worker storage w = _workers[account];
        if (w.peer == 0) revert NotRegistered(account);
        Parameters.Values memory p = parameters.values();
        uint256 bond = uint256(w.stake) + w.unbonding;
        amount = uint64((bond * p.slashBps + 9_999) / 10_000);
        reward = uint64(uint256(amount) * p.rewardBps / 10_000);
        reward = amount - reward < costs ? amount : reward + costs;
        unchecked {
            uint256 faults = uint256(w.faults) + 1;
            w.faults = uint24(faults - (faults >> 24)); // as many as can be counted: whoever has them can still be slashed
        }
        _seize(account, w, amount, reporter, reward, p.treasury);
        if (reward > 0) token.safeTransfer(reporter, reward);
        if (amount > reward) token.safeTransfer(p.treasury, amount - reward);
    }

    /// Gives back what a conviction took, as stake, and takes back its fault, unless there are more of those than can be counted. No sum here
    /// can overflow: what was slashed was staked before.
    function _restore(address account, uint64 amount) internal {
        Worker storage w = _workers[account];
        unchecked {
            w.stake += amount;
            uint256 faults = w.faults;
            w.faults = uint24(faults - 1 + ((faults + 1) >> 24));
            books.staked += amount;
            books.slashed -= amount;
        }
    }

    /// Takes back what an account was paid too much: of what it earned, which is returned; and for what it has withdrawn of that, as
    /// far as there is so much, of its bond. That is the treasury's, once _forward sends it: if it went where the pay came from, an
    /// account could take its stake out at once, by a job of its own, before it is slashed.
    function _takeBack(address account, uint64 amount) internal returns (uint64 earned) {
        Worker storage w = _workers[account];
        earned = amount < w.earned ? amount : w.earned;
        if (earned > 0) w.earned -= earned;
        if (earned == amount) return earned;
        uint256 bonded = uint256(w.stake) + w.unbonding;
        uint64 bond = amount - earned < bonded ? amount - earned : uint64(bonded);
        _seized += bond;
        _seize(account, w, bond, address(0), 0, _treasury());
    }

    /// Sends what fines took of bonds to the treasury.
    function _forward() internal {
        uint64 amount = _seized;
        if (amount == 0) return;
        _seized = 0;
        token.safeTransfer(_treasury(), amount);
    }

    function _treasury() internal view returns (address) {
        return parameters.values().treasury;
    }

    /// Books an amount that an account has bonded, of its stake first, as slashed.
    function _seize(address account, Worker storage w, uint64 amount, address reporter, uint64 reward, address treasury) private {
        uint64 stake = amount < w.stake ? amount : w.stake;
        w.stake -= stake;
        w.unbonding -= amount - stake;
        Books memory b = books;
        b.staked -= amount;
        b.slashed += amount;
        books = b;
        emit Slashed(account, amount, reporter, reward, treasury);
    }

    /// Where an account's withdrawals go.
    function payoutOf(address account) external view returns (address payout) {
        payout = _workers[account].payout;
        if (payout == address(0)) payout = account;
    }

    /// How accounts stand now: recent is as of the epoch of this block.
    function workers(address[] calldata accounts) external view returns (Worker[] memory out) {
        out = new Worker[](accounts.length);
        uint256 number = _epoch();
        for (uint256 i = 0; i < accounts.length; i++) {
            Worker storage w = _workers[accounts[i]];
            out[i] = w;
            (out[i].recent, out[i].epoch) = (uint32(_recent(w, number)), uint24(number));
        }
    }

    /// The number of the epoch, since 1970; zero if records do not age.
    function _epoch() internal view returns (uint256) {
        return epoch == 0 ? 0 : _now() / epoch;
    }

    /// What a record of paid replicas counts in an epoch, which is not before its own.
    function _recent(Worker storage w, uint256 number) internal view returns (uint256) {
        return uint256(w.recent) >> (number - w.epoch);
    }

    function _now() internal view returns (uint256) {
        return block.timestamp * tick;
    }
}
