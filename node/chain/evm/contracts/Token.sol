// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {VestingWallet} from "@openzeppelin/contracts/finance/VestingWallet.sol";
import {VestingWalletCliff} from "@openzeppelin/contracts/finance/VestingWalletCliff.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// Releases its tokens to its beneficiary evenly over the duration, and none before the cliff. Until then they have no votes.
contract Vesting is VestingWalletCliff {
    constructor(address beneficiary, uint64 start, uint64 cliff, uint64 duration)
        VestingWallet(beneficiary, start, duration)
        VestingWalletCliff(cliff)
    {}
}

/// NEUROLOV (NLOV): 500,000,000 tokens of 9 decimals, minted once at deployment. Nobody can mint, burn, freeze or pause.
/// ERC-1363 lets escrow and stake be paid in one transaction, so no allowance is ever left open.
contract Token is ERC20, ERC20Permit, ERC20Votes, ERC1363 {
    uint256 public constant SUPPLY = 500_000_000 * 1e9;

    // Lengths in units of block.timestamp.
    struct Schedule {
        uint64 cliff;
        uint64 duration;
    }

    Vesting public immutable team;
    Vesting public immutable privateSale;

    /// holders, in order: ecosystem 20 %, team 16 %, public sale 6 %, private sale 2 %, development 15 %, marketing 4 %,
    /// treasury 15 %, reserves 22 %. Team and private sale get theirs through a vesting contract each.
    constructor(address[8] memory holders, Schedule memory teams, Schedule memory privates) ERC20("NEUROLOV", "NLOV") ERC20Permit("NEUROLOV") {
        uint8[8] memory percent = [20, 16, 6, 2, 15, 4, 15, 22];
        team = new Vesting(holders[1], uint64(block.timestamp), teams.cliff, teams.duration);
        privateSale = new Vesting(holders[3], uint64(block.timestamp), privates.cliff, privates.duration);
        (holders[1], holders[3]) = (address(team), address(privateSale));
        for (uint256 i = 0; i < 8; i++) {
            _mint(holders[i], SUPPLY / 100 * percent[i]);
        }
        assert(totalSupply() == SUPPLY);
    }

    function decimals() public pure override returns (uint8) {
        return 9;
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}
