// SPDX-License-Identifier: MIT
pragma solidity 0.8.36;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Appeals} from "./Appeals.sol";
import {Marketplace} from "./Marketplace.sol";
import {Registry} from "./Registry.sol";

/// Judges lost disputes, and appeals against convictions by certificates. A worker's signed reveal binds it to a trace, and somebody shows one step of it that is wrong. No
/// contract can run that step, so a committee does: workers of the core role that are verified and staked, drawn by the hash of
/// a block that did not exist when the case was opened. Whoever opens a case pays the committee, whatever its verdict; if it was
/// right it has the reporter's part of the slash, and that pay back. A member that signs both verdicts is slashed itself.
contract Arbiters is Appeals, IERC1363Receiver, EIP712 {
    using SafeERC20 for IERC20;

    struct Case {
        address accuser; // zero: none, or over
        uint48 until; // for the verdict, ms since 1970
        uint32 opened; // block number; the next one's hash draws the committee
        address accused;
        uint32 task;
        uint32 members; // that could be drawn when it was opened
        uint32 conviction; // that is appealed against; zero: it is an accusation
        bytes32 job;
        bytes32 evidence; // digest of the proof
    }

    uint256 public constant SIZE = 5; // of a committee
    uint256 public constant QUORUM = 4;
    uint256 private constant TRIES = 64; // draws until a committee is full, at most
    uint8 private constant CORE = 1;
    bytes32 public constant VERDICT = keccak256("Verdict(uint64 id,bool guilty)");

    address[] public members; // whoever joined; that it may still judge is looked at when it is drawn
    mapping(address account => bool) public joined;
    uint64 public caseCount;
    mapping(uint256 id => Case) private _cases;
    mapping(uint256 id => address[]) private _committees;
    mapping(address account => uint256) public owed;

    event Joined(address indexed account);
    event Opened(uint64 indexed id, bytes32 indexed job, address indexed accused, uint32 task, bytes32 digest, bytes32 evidence, string where);
    event Drawn(uint64 indexed id, address[] committee);
    event Decided(uint64 indexed id, bool guilty);
    event Lapsed(uint64 indexed id);

    error OnlyToken();
    error BadDeposit(uint256 value, uint64 wanted);
    error NoCase();
    error NoCommittee(uint256 found);
    error BadVerdict();
    error NothingToWithdraw();

    constructor(IERC20 token_, Marketplace marketplace_, uint48 window_, uint64 deposit_)
        Appeals(token_, marketplace_, window_, deposit_)
        EIP712("gpumesh arbiters", "1")
    {}

    /// Offers the caller as an arbiter. Whoever gives up the role, the verification or the stake is not drawn any more.
    function join() external {
        if (joined[msg.sender] || !_eligible(msg.sender)) revert NotEligible(msg.sender);
        joined[msg.sender] = true;
        members.push(msg.sender);
        emit Joined(msg.sender);
    }

    function _eligible(address account) private view returns (bool) {
        Registry.Worker memory w = _worker(account);
        return w.verified && w.role == CORE && w.stake >= marketplace.parameters().values().minStake;
    }

    /// Token.transferAndCall(arbiters, deposit, abi.encode(job, task, accused, digest, rvs, evidence, where)) opens a case: about
    /// what the accused revealed for the task, with its signature; the digest of the proof, and where that is published. If it is the convicted who
    /// asks, and the conviction is not final, it is an appeal.
    function onTransferReceived(address, address from, uint256 value, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(token)) revert OnlyToken();
        if (value != deposit) revert BadDeposit(value, deposit);
        _open(from, data);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    function _open(address from, bytes calldata data) private {
        (bytes32 job, uint32 task, address accused, bytes32 digest, bytes memory rvs, bytes32 evidence, string memory where) =
            abi.decode(data, (bytes32, uint32, address, bytes32, bytes, bytes32, string));
        if (evidence == 0 || !marketplace.revealed(job, task, accused, digest, rvs)) revert BadEvidence();
        // Nobody could convict an account that is no worker, and a verdict that cannot be had pays no arbiter.
        if (_worker(accused).peer == 0) revert NotEligible(accused);
        uint64 id = ++caseCount;
        uint32 conviction;
        if (!marketplace.slashed(job, task, accused)) {
            if (_isTruth(job, task, digest)) revert BadEvidence();
        } else {
            if (from != accused) revert BadEvidence();
            conviction = _appeal(job, task, accused, digest, id);
        }
        _cases[id] = Case(from, _now() + window, uint32(block.number), accused, task, uint32(members.length), conviction, job, evidence);
        emit Opened(id, job, accused, task, digest, evidence, where);
    }

    /// Draws the committee of a case, once the block that draws it is there. If nobody asked for so long that its hash is
    /// forgotten, another block will do.
    function draw(uint64 id) external {
        Case storage c = _cases[id];
        if (c.accuser == address(0) || _committees[id].length > 0) revert NoCase();
        if (_now() >= c.until) revert TooLate();
        if (block.number <= uint256(c.opened) + 1) revert TooEarly();
        bytes32 seed = blockhash(uint256(c.opened) + 1);
        if (seed == 0) {
            c.opened = uint32(block.number);
            return;
        }
        address reporter = _convictions[c.conviction].reporter;
        address[] memory found = new address[](SIZE);
        uint256 n;
        for (uint256 i = 0; i < TRIES && n < SIZE && c.members > 0; i++) {
            address a = members[uint256(keccak256(abi.encode(seed, id, i))) % c.members];
            bool out = a == c.accuser || a == c.accused || a == reporter || !_eligible(a);
            for (uint256 k = 0; k < n; k++) {
                if (found[k] == a) out = true;
            }
            if (!out) found[n++] = a;
        }
        if (n < SIZE) revert NoCommittee(n);
        _committees[id] = found;
        emit Drawn(id, found);
    }

    /// Takes the verdict of a quorum of the committee. Each signature is 65 bytes: the place in the committee, then r and vs in
    /// EIP-2098's compact form; places rise.
    function decide(uint64 id, bool guilty, bytes calldata signatures) external {
        Case memory c = _cases[id];
        if (c.accuser == address(0)) revert NoCase();
        if (_now() >= c.until) revert TooLate();
        address[] memory committee = _committees[id];
        uint256 n = signatures.length / 65;
        if (n < QUORUM || n > committee.length || n * 65 != signatures.length) revert BadVerdict();
        uint256 next;
        for (uint256 k = 0; k < n; k++) {
            bytes calldata s = signatures[65 * k:65 * k + 65];
            uint256 place = uint8(s[0]);
            if (place < next || place >= committee.length || !_said(id, guilty, committee[place], s[1:])) revert BadVerdict();
            next = place + 1;
            owed[committee[place]] += deposit / n;
        }
        delete _cases[id];
        emit Decided(id, guilty);
        if (c.conviction != 0) {
            _decide(c.conviction, guilty);
            return;
        }
        // Another case about the same may have been decided first.
        if (guilty && !marketplace.slashed(c.job, c.task, c.accused)) marketplace.convict(c.job, c.task, c.accused, c.accuser, deposit);
    }

    function _said(uint64 id, bool guilty, address account, bytes calldata rvs) private view returns (bool) {
        return marketplace.signedBy(_hashTypedDataV4(keccak256(abi.encode(VERDICT, id, guilty))), rvs, account);
    }

    /// Returns the deposit of a case that nobody judged in time.
    function lapse(uint64 id) external {
        Case memory c = _cases[id];
        if (c.accuser == address(0)) revert NoCase();
        if (_now() < c.until) revert TooEarly();
        _forget(id);
        if (c.conviction != 0) _lapse(c.conviction, _committees[id].length > 0);
        token.safeTransfer(c.accuser, deposit);
    }

    function _forget(uint256 id) internal override {
        delete _cases[id];
        emit Lapsed(uint64(id));
    }

    /// Convicts a member of a committee that signed both verdicts of a case.
    function slashTwice(uint64 id, uint256 place, bytes calldata guilty, bytes calldata innocent) external {
        address account = _committees[id][place];
        if (!_said(id, true, account, guilty) || !_said(id, false, account, innocent)) revert BadVerdict();
        marketplace.convict(keccak256(abi.encode(address(this), id)), 0, account, msg.sender, 0);
    }

    /// Pays a member what it earned. Anybody may ask; its payout address gets it.
    function withdraw(address account) external {
        uint256 amount = owed[account];
        if (amount == 0) revert NothingToWithdraw();
        owed[account] = 0;
        token.safeTransfer(marketplace.payoutOf(account), amount);
    }

    /// A case, its committee and, of an appeal, the digest that has to be right.
    function caseOf(uint64 id) external view returns (Case memory c, address[] memory committee, bytes32 digest) {
        c = _cases[id];
        return (c, _committees[id], _convictions[c.conviction].digest);
    }
}
