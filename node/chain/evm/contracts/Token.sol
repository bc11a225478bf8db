// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";

/// NEUROLOV (NLOV): 500,000,000 tokens of 9 decimals, minted once at deployment. Nobody can mint, burn, freeze or pause.
/// ERC-1363 lets escrow and stake be paid in one transaction, so no allowance is ever left open.
contract Token is ERC20, ERC20Permit, ERC1363 {
    uint256 public constant SUPPLY = 500_000_000 * 1e9;

    /// holders, in order: ecosystem 20 %, team 16 %, public sale 6 %, private sale 2 %, development 15 %, marketing 4 %,
    /// treasury 15 %, reserves 22 %.
    constructor(address[8] memory holders) ERC20("NEUROLOV", "NLOV") ERC20Permit("NEUROLOV") {
        uint8[8] memory percent = [20, 16, 6, 2, 15, 4, 15, 22];
        for (uint256 i = 0; i < 8; i++) {
            _mint(holders[i], SUPPLY / 100 * percent[i]);
        }
        assert(totalSupply() == SUPPLY);
    }

    function decimals() public pure override returns (uint8) {
        return 9;
    }
}
