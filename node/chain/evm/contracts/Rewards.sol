// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {Arbiters} from "./Arbiters.sol";
import {Marketplace} from "./Marketplace.sol";
import {Parameters} from "./Parameters.sol";
import {Registry} from "./Registry.sol";

/// A pool of tokens for workers who serve the network beyond what owners pay for. No contract can see who does. So a claim names
/// a document that shows it, which its author signs as what it revealed for a task of job zero: no such job can be locked, so no
/// certificate is about it. The claim is paid after a delay in which anybody can have it judged by the arbiters.
///
/// There is no owner. Whatever tokens come here are the pool's, and they leave only to those who claimed. One stake stands behind all
/// claims of an account: those that are open are together for no more than a conviction takes of it, and a conviction, of whatever,
/// drops them all. One that is not final makes them wait: the faults that are final never become fewer.
contract Rewards is IERC1363Receiver {
    using SafeERC20 for IERC20;

    struct Account {
        uint32 next; // number of its next claim
        uint64 through; // block, of its newest claim
        uint64 claimed; // by its open claims
        uint8 open; // how many those are
    }

    struct Claim {
        uint64 amount; // slot 1; zero: paid or dropped
        uint64 through; // block
        uint48 until; // of the delay, ms since 1970
        uint32 made; // block number
        uint24 fall; // final faults that the account has if it was slashed since
        bytes32 document; // slot 2; digest
    }

    struct Entry {
        address account;
        uint32 number;
        uint64 since; // block through which the account's claim before was
        Claim claim;
    }

    uint256 private constant BASE = 10_000;
    uint256 public constant MAX_OPEN = 16; // claims of one account
    uint256 public constant MAX_WHERE = 256; // bytes

    IERC20 public immutable token;
    Marketplace public immutable marketplace;
    Arbiters private immutable _arbiters;
    uint48 public immutable delay; // ms from a claim to its pay
    uint64 public immutable most; // that one claim can be for
    uint48 private immutable _tick;

    uint64 public claimed; // by the open claims
    mapping(address account => Account) public accounts;
    mapping(address account => mapping(uint256 number => Claim)) private _claims;
    uint256[] private _order; // of all claims: the account, then the number

    event Claimed(
        address indexed account, uint32 indexed number, uint64 through, uint64 amount, bytes32 document, bytes rvs, string where, uint48 until
    );
    event Paid(address indexed account, uint32 indexed number, address payout, uint64 amount);
    event Dropped(address indexed account, uint32 indexed number, uint64 amount);

    error OnlyToken();
    error BadConfig();
    error OtherNumber(uint32 next);
    error BadThrough(uint64 before);
    error BadAmount(uint64 most);
    error TooLong();
    error NotSigned();
    error WasConvicted();
    error TooLittleStake(uint64 stake, uint64 wanted);
    error TooManyOpen();
    error NotBacked(uint64 stake, uint64 claimed);
    error PoolTooSmall(uint256 free);
    error NoClaim();
    error NotYet(uint48 until);
    error ConvictionOpen();

    constructor(Marketplace marketplace_, uint48 delay_, uint64 most_) {
        // A case has a whole window to be opened in, and one to be decided in, before the claim is paid. Stake that begins to leave with
        // the claim is still there then.
        _arbiters = Arbiters(marketplace_.arbiters());
        if (delay_ < 2 * _arbiters.window() || delay_ >= marketplace_.unbondingDelay() || most_ == 0) revert BadConfig();
        (token, marketplace, delay, most) = (marketplace_.token(), marketplace_, delay_, most_);
        _tick = marketplace_.tick();
    }

    /// Token.transferAndCall(rewards, value) gives to the pool, as a plain transfer does.
    function onTransferReceived(address, address, uint256, bytes calldata) external view returns (bytes4) {
        if (msg.sender != address(token)) revert OnlyToken();
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// Claims for what the caller did after the block of its claim before and through another. rvs is its signature over
    /// Revealed(0, number, document); where says where the document is published.
    function claim(uint32 number, uint64 through, uint64 amount, bytes32 document, bytes calldata rvs, string calldata where) external {
        Account memory a = accounts[msg.sender];
        if (number != a.next) revert OtherNumber(a.next);
        if (through <= a.through || through > block.number) revert BadThrough(a.through);
        if (amount == 0 || amount > most) revert BadAmount(most);
        if (bytes(where).length > MAX_WHERE) revert TooLong();
        if (!marketplace.revealed(0, number, msg.sender, document, rvs)) revert NotSigned();
        // A case needs an account that was not convicted for the number yet: whoever is convicted first cannot claim afterwards.
        if (marketplace.slashed(0, number, msg.sender)) revert WasConvicted();
        Registry.Worker memory w = _worker(msg.sender);
        Parameters.Values memory p = marketplace.parameters().values();
        if (w.stake < p.minStake) revert TooLittleStake(w.stake, p.minStake);
        if (a.open >= MAX_OPEN) revert TooManyOpen();
        if ((uint256(a.claimed) + amount) * BASE > uint256(w.stake) * p.slashBps) revert NotBacked(w.stake, a.claimed);
        uint256 free = token.balanceOf(address(this)) - claimed;
        if (amount > free) revert PoolTooSmall(free);
        accounts[msg.sender] = Account(number + 1, through, a.claimed + amount, a.open + 1);
        uint48 until = _now() + delay;
        // Of an account with as many faults as are counted nobody could see that it was slashed since: the sum fails.
        _claims[msg.sender][number] = Claim(amount, through, until, uint32(block.number), uint24(w.faults - _arbiters.held(msg.sender)) + 1, document);
        _order.push(uint256(uint160(msg.sender)) << 32 | number);
        claimed += amount;
        emit Claimed(msg.sender, number, through, amount, document, rvs, where, until);
    }

    /// Pays a claim whose delay is over to its account's payout address. Drops it, at any time, if the account was slashed for good since it made
    /// it, or has less bonded than its open claims are for: fines take stake too, and a conviction of what has none is worth no deposit. What
    /// is taken for a conviction that can still be undone drops nothing. Anybody may ask.
    function end(address account, uint32 number) external {
        Claim storage c = _claims[account][number];
        (uint64 amount, uint48 until, uint24 fall) = (c.amount, c.until, c.fall);
        if (amount == 0) revert NoClaim();
        Account storage a = accounts[account];
        Registry.Worker memory w = _worker(account);
        uint256 held = _arbiters.held(account);
        bool fell = w.faults - held >= fall || (held == 0 && w.stake + w.unbonding < a.claimed);
        if (!fell) {
            if (_now() < until) revert NotYet(until);
            if (held > 0) revert ConvictionOpen();
        }
        c.amount = 0;
        claimed -= amount;
        (a.claimed, a.open) = (a.claimed - amount, a.open - 1);
        if (fell) {
            emit Dropped(account, number, amount);
            return;
        }
        address payout = marketplace.payoutOf(account);
        emit Paid(account, number, payout, amount);
        token.safeTransfer(payout, amount);
    }

    /// What the pool holds, and how much of it is claimed.
    function state() external view returns (uint256 holds, uint64 open) {
        return (token.balanceOf(address(this)), claimed);
    }

    function claimOf(address account, uint32 number) external view returns (Claim memory) {
        return _claims[account][number];
    }

    /// How many claims were made, and of those the ones from first on, at most so many.
    function list(uint256 first, uint256 atMost) external view returns (uint256 count, Entry[] memory out) {
        count = _order.length;
        uint256 left = first < count ? count - first : 0;
        out = new Entry[](left < atMost ? left : atMost);
        for (uint256 i = 0; i < out.length; i++) {
            uint256 key = _order[first + i];
            (address account, uint32 number) = (address(uint160(key >> 32)), uint32(key));
            uint64 since = number > 0 ? _claims[account][number - 1].through : 0;
            out[i] = Entry(account, number, since, _claims[account][number]);
        }
    }

    function _worker(address account) private view returns (Registry.Worker memory) {
        address[] memory one = new address[](1);
        one[0] = account;
        return marketplace.workers(one)[0];
    }

    function _now() private view returns (uint48) {
        return uint48(block.timestamp * _tick);
    }
}
