// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// The numbers that governance may change, each within bounds that nobody can. The owner is the timelock. What a running job
/// depends on, its fee and its least stake, is copied into the job when it is locked, so a change binds new jobs only.
contract Parameters is Ownable {
    struct Values {
        address treasury; // of fees and slashed stake
        uint16 feeBps; // fee on top of every pay
        uint16 slashBps; // part of the bond that a proven lie costs
        uint16 rewardBps; // part of a slash that goes to the reporter
        uint64 minStake; // below it a worker's signature does not count
        address guardian; // can pause new escrow, and nothing else
        address verifier; // sets the verified flag of workers
    }

    uint16 public constant MAX_FEE = 1_000; // 10 %
    uint16 public constant MIN_SLASH = 1_000; // a lie always costs
    uint16 public constant MAX_REWARD = 5_000; // less than all, or liars would report themselves
    uint64 public constant MAX_STAKE = 1_000_000 * 1e9;

    Values private _values;
    bool public paused;

    event Changed(Values values);
    event Paused(bool paused);

    error OutOfBounds();
    error NotGuardian();

    constructor(address timelock, Values memory v) Ownable(timelock) {
        _set(v);
    }

    function set(Values calldata v) external onlyOwner {
        _set(v);
    }

    function _set(Values memory v) private {
        if (
            v.treasury == address(0) || v.feeBps > MAX_FEE || v.slashBps < MIN_SLASH || v.slashBps > 10_000 || v.rewardBps > MAX_REWARD
                || v.minStake == 0 || v.minStake > MAX_STAKE
        ) revert OutOfBounds();
        _values = v;
        emit Changed(v);
    }

    /// Stops or allows new escrow. Whatever is in escrow, staked or earned is not touched by it.
    function pause(bool on) external {
        if (msg.sender != _values.guardian && msg.sender != owner()) revert NotGuardian();
        paused = on;
        emit Paused(on);
    }

    function values() external view returns (Values memory) {
        return _values;
    }

    /// What a lock needs, in one call.
    function forLock() external view returns (bool stopped, uint16 feeBps, uint64 minStake) {
        return (paused, _values.feeBps, _values.minStake);
    }
}
