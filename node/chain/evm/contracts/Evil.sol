// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";

/// A token that misbehaves, for tests. Nobody deploys it.
contract Evil {
    mapping(address account => uint256) public balanceOf;
    uint256 public mode; // of transfer: 1 says no, 2 reverts, 3 keeps a tenth, 4 calls back, 5 returns a million bytes, 6 returns nothing
    address public target; // of 4
    bytes public payload;
    bytes public answer; // to it
    uint256 public calls;

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
    }

    function set(uint256 mode_, address target_, bytes calldata payload_) external {
        (mode, target, payload, answer, calls) = (mode_, target_, payload_, "", 0);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        if (mode == 1) return false;
        if (mode == 2) revert("no");
        if (mode == 4 && calls == 0) {
            calls++;
            (, answer) = target.call(payload);
        }
        _move(msg.sender, to, value, mode == 3 ? value / 10 : 0);
        if (mode == 5) {
            assembly ("memory-safe") {
                return(0, 1000000)
            }
        }
        if (mode == 6) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        return true;
    }

    function transferAndCall(address to, uint256 value, bytes calldata data) external returns (bool) {
        _move(msg.sender, to, value, 0);
        require(IERC1363Receiver(to).onTransferReceived(msg.sender, msg.sender, value, data) == IERC1363Receiver.onTransferReceived.selector);
        return true;
    }

    function _move(address from, address to, uint256 value, uint256 kept) private {
        balanceOf[from] -= value;
        balanceOf[to] += value - kept;
    }
}
