// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";

/// The workers: the peer id that each account speaks for, its stake, and its record. Only the marketplace can slash and
/// count; only the account itself can take its stake out. There is no owner.
contract Registry is IERC1363Receiver {
    using SafeERC20 for IERC20;

    struct Worker {
        bytes32 peer; // raw Ed25519 public key; zero: not registered
        uint64 stake; // token base units
        uint64 unbonding; // leaving, and slashable until withdrawn
        uint48 release; // when unbonding can be withdrawn, ms since 1970
        uint48 completed; // replicas paid
        uint32 faults; // times slashed
    }

    IERC20 public immutable token;
    address public immutable marketplace;
    uint48 public immutable unbondingDelay; // ms
    uint48 public immutable tick; // ms per unit of block.timestamp: 1000 wherever blocks count seconds

    uint64 public totalSlashed;
    mapping(address account => Worker) private _workers;

    event Registered(address indexed account, bytes32 indexed peer, uint64 added, uint64 stake);
    event Unbonding(address indexed account, uint64 amount, uint64 unbonding, uint48 release);
    event Withdrawn(address indexed account, uint64 amount);
    event Slashed(address indexed account, uint64 amount, address indexed reporter, uint64 reward, address treasury);

    error OnlyToken();
    error OnlyMarketplace();
    error BadPeer();
    error NotRegistered(address account);
    error StakeMismatch(uint256 stake, uint256 added, uint64 wanted);
    error StakeTooSmall(uint64 stake, uint64 wanted);
    error NothingToWithdraw();
    error StillUnbonding(uint48 release);

    modifier onlyMarketplace() {
        if (msg.sender != marketplace) revert OnlyMarketplace();
        _;
    }

    constructor(IERC20 token_, address marketplace_, uint48 unbondingDelay_, uint48 tick_) {
        token = token_;
        marketplace = marketplace_;
        unbondingDelay = unbondingDelay_;
        tick = tick_;
    }

    /// Binds the caller to a peer id without adding stake.
    function register(bytes32 peer) external {
        _register(msg.sender, peer, 0);
    }

    /// Token.transferAndCall(registry, value, abi.encode(peer, wanted)) binds the sender to a peer id and adds value to its
    /// stake, which must then be exactly wanted: the same call twice cannot stake twice.
    function onTransferReceived(address, address from, uint256 value, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(token)) revert OnlyToken();
        (bytes32 peer, uint64 wanted) = abi.decode(data, (bytes32, uint64));
        uint256 stake = _workers[from].stake;
        if (stake + value != wanted) revert StakeMismatch(stake, value, wanted);
        _register(from, peer, uint64(value));
        return IERC1363Receiver.onTransferReceived.selector;
    }

    function _register(address account, bytes32 peer, uint64 added) private {
        if (peer == 0) revert BadPeer();
        Worker storage w = _workers[account];
        w.peer = peer;
        w.stake += added;
        emit Registered(account, peer, added, w.stake);
    }

    /// Starts to take stake out. A second call adds to the first and starts the delay anew.
    function unbond(uint64 amount) external {
        Worker storage w = _workers[msg.sender];
        if (amount == 0 || w.stake < amount) revert StakeTooSmall(w.stake, amount);
        w.stake -= amount;
        w.unbonding += amount;
        w.release = _now() + unbondingDelay;
        emit Unbonding(msg.sender, amount, w.unbonding, w.release);
    }

    /// Pays out what has been unbonding for the whole delay.
    function withdraw() external {
        Worker storage w = _workers[msg.sender];
        uint64 amount = w.unbonding;
        if (amount == 0) revert NothingToWithdraw();
        if (_now() < w.release) revert StillUnbonding(w.release);
        w.unbonding = 0;
        emit Withdrawn(msg.sender, amount);
        token.safeTransfer(msg.sender, amount);
    }

    /// Takes bps/10000 of everything the account has bonded (rounded up), gives rewardBps/10000 of that to the reporter and
    /// the rest to the treasury.
    function slash(address account, uint16 bps, address reporter, uint16 rewardBps, address treasury)
        external
        onlyMarketplace
        returns (uint64 amount, uint64 reward)
    {
        Worker storage w = _workers[account];
        if (w.peer == 0) revert NotRegistered(account);
        uint256 bond = uint256(w.stake) + w.unbonding;
        amount = uint64((bond * bps + 9_999) / 10_000);
        uint64 fromStake = amount < w.stake ? amount : w.stake;
        w.stake -= fromStake;
        w.unbonding -= amount - fromStake;
        w.faults += 1;
        totalSlashed += amount;
        reward = uint64(uint256(amount) * rewardBps / 10_000);
        emit Slashed(account, amount, reporter, reward, treasury);
        if (reward > 0) token.safeTransfer(reporter, reward);
        if (amount > reward) token.safeTransfer(treasury, amount - reward);
    }

    /// Counts paid replicas; accounts with a count of zero are passed over.
    function complete(address[] calldata accounts, uint32[] calldata counts) external onlyMarketplace {
        for (uint256 i = 0; i < accounts.length; i++) {
            if (counts[i] > 0) _workers[accounts[i]].completed += counts[i];
        }
    }

    /// The stake of a registered account, and zero for others. What is unbonding does not count.
    function stakeOf(address account) external view returns (uint64) {
        return _workers[account].stake;
    }

    function workers(address[] calldata accounts) external view returns (Worker[] memory out) {
        out = new Worker[](accounts.length);
        for (uint256 i = 0; i < accounts.length; i++) {
            out[i] = _workers[accounts[i]];
        }
    }

    function _now() private view returns (uint48) {
        return uint48(block.timestamp * tick);
    }
}
