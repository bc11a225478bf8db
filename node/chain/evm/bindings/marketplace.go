//lint:file-ignore ST1005 the sentences are abigen's
// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// MarketplaceCertificate is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceCertificate struct {
	Task       uint32
	Share      uint16
	Timed      bool
	Digest     [32]byte
	Signatures []byte
}

// MarketplaceHead is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceHead struct {
	Owner    common.Address
	Expiry   *big.Int
	Tasks    uint16
	Quorum   uint8
	Replicas uint8
	FeeBps   uint16
}

// MarketplaceJob is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceJob struct {
	Head    MarketplaceHead
	Money   MarketplaceMoney
	Panel   MarketplacePanel
	Award   [32]byte
	Seating [32]byte
}

// MarketplaceMoney is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceMoney struct {
	Budget  uint64
	Paid    uint64
	Fees    uint64
	Settled uint16
	Narrow  bool
	Batched bool
	Closed  bool
	Left    *big.Int
}

// MarketplacePanel is an auto generated low-level Go binding around an user-defined struct.
type MarketplacePanel struct {
	MaxPrice uint64
	MinStake uint64
	Locked   uint32
	Anchored uint32
	LateBps  uint16
	Verified bool
	Drawn    bool
}

// MarketplaceTerms is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceTerms struct {
	Tasks    uint32
	Quorum   uint16
	Replicas uint16
	MaxPrice uint64
	Expiry   uint64
	LateBps  uint16
	Verified bool
}

// RegistryWorker is an auto generated low-level Go binding around an user-defined struct.
type RegistryWorker struct {
	Peer      [32]byte
	Stake     uint64
	Earned    uint64
	Completed *big.Int
	Recent    uint32
	Epoch     *big.Int
	Faults    *big.Int
	Verified  bool
	Unbonding uint64
	Payout    common.Address
	Role      uint8
	Release   *big.Int
}

// MarketplaceMetaData contains all meta data concerning the Marketplace contract.
var MarketplaceMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"contractParameters\",\"name\":\"parameters_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"batches_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"arbiters_\",\"type\":\"address\"},{\"internalType\":\"contractDraws\",\"name\":\"draws_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"topUp_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"epoch_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadySettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadySlashed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AwardExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadEvidence\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadRole\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"BadSignatures\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"budget\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"needed\",\"type\":\"uint256\"}],\"name\":\"BudgetTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"EscrowPaused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobBatched\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoJob\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"counted\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"named\",\"type\":\"uint256\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"}],\"name\":\"NoQuorum\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NoSuchTask\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotCommitted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotContradicted\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotForBatches\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyArbiters\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyBatches\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"OnlyPayout\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyVerifier\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherSeats\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"name\":\"RefundTooEarly\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"TopUpOpen\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"name\":\"Convicted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"FeesCollected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Fined\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"grade\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"}],\"name\":\"GradedWork\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"tasks\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"replicas\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"indexed\":false,\"internalType\":\"structMarketplace.Terms\",\"name\":\"terms\",\"type\":\"tuple\"}],\"name\":\"Locked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"PayoutSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"RoleSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"Verified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"ATTESTED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"BASE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"GRADED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REPLICAS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TASKS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TERM\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"REVEALED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"ROLES\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"SHARES\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"arbiters\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"}],\"name\":\"bank\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"batches\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"books\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"staked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"slashed\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawn\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"collected\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate[]\",\"name\":\"certificates\",\"type\":\"tuple[]\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commitments\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"blockNumber\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"costs\",\"type\":\"uint64\"}],\"name\":\"convict\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"draws\",\"outputs\":[{\"internalType\":\"contractDraws\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"epoch\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"}],\"name\":\"finish\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"job\",\"outputs\":[{\"components\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"expiry\",\"type\":\"uint48\"},{\"internalType\":\"uint16\",\"name\":\"tasks\",\"type\":\"uint16\"},{\"internalType\":\"uint8\",\"name\":\"quorum\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"replicas\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"}],\"internalType\":\"structMarketplace.Head\",\"name\":\"head\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"settled\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"narrow\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"batched\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"closed\",\"type\":\"bool\"},{\"internalType\":\"uint24\",\"name\":\"left\",\"type\":\"uint24\"}],\"internalType\":\"structMarketplace.Money\",\"name\":\"money\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"locked\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"anchored\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"drawn\",\"type\":\"bool\"}],\"internalType\":\"structMarketplace.Panel\",\"name\":\"panel\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"seating\",\"type\":\"bytes32\"}],\"internalType\":\"structMarketplace.Job\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"parameters\",\"outputs\":[{\"internalType\":\"contractParameters\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"payees\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"paid\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"replicas\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payoutOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"time\",\"type\":\"uint48\"}],\"name\":\"reserve\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"first\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"count\",\"type\":\"uint32\"}],\"name\":\"results\",\"outputs\":[{\"internalType\":\"uint256[]\",\"name\":\"outcomes\",\"type\":\"uint256[]\"},{\"internalType\":\"uint256[]\",\"name\":\"fined\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"revealed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"setPayout\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"setRole\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"setVerified\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"signedBy\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"slash\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32[2]\",\"name\":\"digests\",\"type\":\"bytes32[2]\"},{\"internalType\":\"bytes[2]\",\"name\":\"signatures\",\"type\":\"bytes[2]\"}],\"name\":\"slashTwice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"slashed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"topUp\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totals\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"locked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"refunded\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"unreserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawEarned\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawStake\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"internalType\":\"uint40\",\"name\":\"completed\",\"type\":\"uint40\"},{\"internalType\":\"uint32\",\"name\":\"recent\",\"type\":\"uint32\"},{\"internalType\":\"uint24\",\"name\":\"epoch\",\"type\":\"uint24\"},{\"internalType\":\"uint24\",\"name\":\"faults\",\"type\":\"uint24\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Marketplace",
	Bin: "0x6101a0346102ba57601f61625538819003918201601f19168301916001600160401b038311848410176102be57808492610120946040528339810103126102ba5780516001600160a01b03811681036102ba5760208201516001600160a01b03811681036102ba57610073604084016102d2565b92610080606082016102d2565b6080820151909390926001600160a01b03841684036102ba576100a560a084016102e6565b906100b260c085016102e6565b936100cc6101006100c560e084016102e6565b92016102e6565b9165ffffffffffff821680159081156102ae575b508015610287575b6102785765ffffffffffff9460805260a0528260c05260e052610100521665ffffffffffff821610156102785761018052610160526101405261012052604051615f5b90816102fa82396080518181816102640152818161060001528181610bb601528181610e49015281816115ef0152818161280501528181612f6b0152818161441901528181614eaa0152615117015260a0518181816112c4015281816115790152818161188c01528181612dd20152818161429e0152615761015260c05181818161037701526107eb015260e05181818161034701528181610d76015281816118ed015281816122280152818161245e0152818161314d0152818161341b01528181613652015281816144c80152614aa40152610100518181816114f101526144870152610120518181816106e701528181610a6201528181610ab801528181610c0901526130b50152610140518181816105200152612d0201526101605181818161153501528181613216015281816137260152615ab80152610180518181816107a801526122ca0152f35b6301f30c8760e21b5f5260045ffd5b5065ffffffffffff831680151590816102a1575b506100e8565b6236ee809150105f61029b565b6103e89150115f6100e0565b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b03821682036102ba57565b519065ffffffffffff821682036102ba5756fe6103a0806040526004361015610013575f80fd5b5f905f3560e01c90816305258376146139a25750806307f6af8a146138d15780630a3bd8ec146135c957806315d48db4146135ad5780632b2c5c42146134795780632b80cceb1461343f5780633eaf5d9f146133fd5780634362d4a61461334e578063536370b11461307b5780635c8fe438146130315780635f368c0914612ca757806369c00810146129895780636b5189471461294e5780636da61d1e146128f25780636ec2fe2a146123b35780637249fbb6146121de5780637c90292014611fab578063839df94514611f8157806388a7ca5c1461159d57806389035730146115595780638ddc168014611515578063900cf0cf146114d2578063923cb952146114b657806394c2c24f1461149a5780639886bf631461147a578063998957f2146114245780639cf5c6131461127f578063a76a958714611244578063b62eb7d9146111fd578063b9c0002b14611010578063bba7228914610f2f578063c038a38e14610edd578063c1254a5514610ebf578063c23a5cea14610d22578063c2fb1ceb14610c5d578063c6e84a6414610bed578063cfbf373f14610a86578063cfdf677e14610a42578063db371c601461080f578063db7dd35a146107cc578063dc29f1de14610789578063dfd9ac2a146106bf578063e1fa8e8414610636578063e522538114610544578063eaff29bb14610500578063ec342ad0146104e3578063f14fcbc8146104a8578063f429540c1461047e578063f5bc95ba1461028b5763fc0c546a14610245575f80fd5b3461028857806003193601126102885760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b5034610288576040366003190112610288576102a56139e7565b6102ad613a97565b6001600160a01b03821691828452600160205260408420908184330361046e575b50506001600160401b0382169182158015610458575b61041b57600182016001600160401b036103018382845416613e5e565b166001600160401b03198254161790556001600160401b0361032a600284019282845416613ce3565b166001600160401b031982541617815565ffffffffffff61036d817f00000000000000000000000000000000000000000000000000000000000000001642613da4565b1665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016019165ffffffffffff831161040757916001600160401b037f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a548949265ffffffffffff6003606096019316928365ffffffffffff19825416179055541660405192835260208301526040820152a280f35b602486634e487b7160e01b81526011600452fd5b604485846001600160401b036001860154167f619f8a00000000000000000000000000000000000000000000000000000000008352600452602452fd5b50826001600160401b03600184015416106102e4565b610477916156eb565b5f816102ce565b503461028857602061049e61049236613a3c565b94939093929192614102565b6040519015158152f35b50346102885760203660031901126102885760043580825260066020526040822054156104d3575080f35b8152600660205243604082205580f35b503461028857806003193601126102885760206040516127108152f35b503461028857806003193601126102885760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346102885780600319360112610288576001600160401b0360025460801c16908054916105768360c01c8092613e5e565b926001600160401b038416918215610627576001600160c01b03196105b8610624959677ffffffffffffffffffffffffffffffffffffffffffffffff93613ce3565b60c01b1691161783556105c9615744565b6040518281527fe1a6173f00a91ed3df71c29ee9265959df5b160fccd21b409342b4fe33bbd6c060206001600160a01b03841692a27f0000000000000000000000000000000000000000000000000000000000000000614dcd565b80f35b600484630686827b60e51b8152fd5b50346102885760203660031901126102885760043580156106b05733825260016020526001600160401b03600160408420838154036106a8575b0154166040519083825260208201527f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2260403392a380f35b838155610670565b6004826327a0d35560e11b8152fd5b5034610288576040366003190112610288576004356106dc613a97565b906001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361077a5790816106249284526003602052604084206107278161416e565b916001600160401b0361271061075a8261074360018701613d17565b971680602089015261ffff60a08801511690613da4565b0416604085015261ffff60408401511660608501528560a0850152614ed3565b60048363061b735560e31b8152fd5b5034610288578060031936011261028857602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610288578060031936011261028857602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610288576020366003190112610288576040816102e0926080835161083581613b8a565b61083d6140d2565b8152845161084a81613ba5565b838152836020820152838682015283606082015283838201528360a08201528360c08201528360e0820152602082015261088261405c565b8582015282606082015201526004358152600360205220604051906108a682613b8a565b6108af81613ff0565b82526108bd60018201613d17565b906020830191825260c06108d360028301613bfd565b6040850190815262ffffff60e06004600386015495606089019687520154956080880196875261ffff60a060405199516001600160a01b038151168b5265ffffffffffff60208201511660208c01528260408201511660408c015260ff60608201511660608c015260ff60808201511660808c015201511660a0890152516001600160401b03815116858901526001600160401b03602082015116828901526001600160401b0360408201511661010089015261ffff6060820151166101208901526080810151151561014089015260a081015115156101608901528481015115156101808901520151166101a0860152516001600160401b038151166101c08601526001600160401b036020820151166101e086015263ffffffff60408201511661020086015263ffffffff60608201511661022086015261ffff60808201511661024086015260a0810151151561026086015201511515610280840152516102a0830152516102c0820152f35b503461028857806003193601126102885760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b503461028857604036600319011261028857600435906001600160401b038216808303610be957610ab5613a97565b927f0000000000000000000000000000000000000000000000000000000000000000906001600160a01b0382163303610bda576106249394600254907fffffffffffffffff00000000000000000000000000000000ffffffffffffffff67ffffffffffffffff60801b610b6f67ffffffffffffffff60401b610b43876001600160401b038860401c16613ce3565b60401b16936001600160401b03856fffffffffffffffff00000000000000001988161760801c16613ce3565b60801b169216171760025567ffffffffffffffff60801b1967ffffffffffffffff60801b610bab8754936001600160401b038560801c16613ce3565b60801b1691161784557f0000000000000000000000000000000000000000000000000000000000000000614dcd565b60048463061b735560e31b8152fd5b5080fd5b5034610288576020366003190112610288576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610c4e57600435815260036020526001604082200160ff60d81b19815416905580f35b8063061b735560e31b60049252fd5b503461028857604036600319011261028857610c776139e7565b7f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc6020610ca2613a13565b60026001600160a01b0385169485875260018452610cc46040882080926156eb565b0180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b1691161790556001600160a01b0360405191168152a280f35b503461028857602036600319011261028857610d3c6139e7565b906001600160a01b03821680825260016020526040822092600284016001600160401b03815416948515610eb057610d9c65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b65ffffffffffff600383015416809110610e855750946001600160401b03926001600160a01b03610e4593610624979886198254168255895487610de287828416613e5e565b1690881916178a55873303610e75575b505460401c1680610e6d5750935b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0388168152896020820152846040820152a285613ce3565b16907f0000000000000000000000000000000000000000000000000000000000000000614dcd565b905093610e00565b610e7f90846156eb565b5f610df2565b7fb015252c000000000000000000000000000000000000000000000000000000008652600452602485fd5b600485630686827b60e51b8152fd5b50346102885780600319360112610288576020604051620100008152f35b5034610288578060031936011261028857600254604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c6060830152819081015b0390f35b503461028857606036600319011261028857600435610f4c613a29565b6044359163ffffffff831680930361100c57610f698392936140a0565b93610f73836140a0565b9363ffffffff16815b848110610fad57610f9f87610f2b88604051938493604085526040850190613af1565b908382036020850152613af1565b600190848452600460205260408420610fc68285613d97565b85526020526040842054858552600560205260408520610fe68386613d97565b86526020526040852054610ffa838a613dec565b52611005828a613dec565b5201610f7c565b8380fd5b5034610288576060366003190112610288576004356024356001600160401b0381116111f9576110449036906004016139ba565b91604435906001600160401b0382116111f557816004019360a060031984360301126111f157859382875260036020526040872061108181613ff0565b9461108d368585613c71565b602081519101206004830154036111e2576110a78861404b565b63ffffffff61ffff604089015116911610908115916111d2575b506111b15791816110e38289946110dd60026110fb9801613bfd565b88614526565b6110eb61405c565b606088019660ff885116906152c6565b506102c051825191958693919260ff16831061116b576080850151889060ff168882895b82151580611162575b156111525782196001810180911161040757831690811792189061114b90614092565b909161111f565b6040908482519182526020820152f35b50838210611128565b6084945061118361117d60ff9261404b565b946156c0565b9151169163ffffffff6040519463091c025360e41b8652166004850152602484015260448301526064820152fd5b60248863ffffffff6111c28a61404b565b631de87d6160e01b835216600452fd5b60649150013560401c155f6110c1565b6004896356365e8b60e11b8152fd5b8580fd5b8480fd5b8280fd5b503461028857606036600319011261028857602435906001600160401b03821161028857602061049e61123336600486016139ba565b61123b6139fd565b91600435613faf565b503461028857806003193601126102885760206040517f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8152f35b5034610288576040366003190112610288576112996139e7565b602435908115158092036111f95760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115611419576001600160a01b039160c09186916113ea575b5001511633036113c2576001600160a01b03169081835260016020526040832054156113af5760207f04881682880396c5d7f330e192fcd4f8b3d4645842908712b7a005170b3120cc91838552600182526001604086200180547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff000000000000000000000000000000000000000000000000000000000000008460f81b169116179055604051908152a280f35b6024838363bfc6c33760e01b8252600452fd5b6004837f7a241b02000000000000000000000000000000000000000000000000000000008152fd5b61140c915060e03d60e011611412575b6114048183613bdc565b810190613f24565b5f611300565b503d6113fa565b6040513d86823e3d90fd5b5034610288576060366003190112610288576001600160a01b0360406114486139fd565b926004358152600760205281812060243582526020522091165f52602052602060ff60405f2054166040519015158152f35b5034610288578060031936011261028857602060405164075cd788008152f35b5034610288578060031936011261028857602060405160408152f35b5034610288578060031936011261028857602060405160038152f35b5034610288578060031936011261028857602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b503461028857806003193601126102885760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b503461028857806003193601126102885760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610288576080366003190112610288576115b76139e7565b906115c0613a13565b906044356064356001600160401b0381116111f9576115e39036906004016139ba565b90946001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016331490811591611f6a575b50611f42576040810361179e578460409181010312610be9576001600160a01b03611649602086359601613aad565b93169283835260016020526001600160401b036001604085200154166001600160401b036116778483613d97565b921680920361176b5750506001600160401b031690831561175c577f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb22916001600160401b036001838683955281602052604081209088825403611754575b8461171d575b50015460408051938516845291169092166020820152a35b60206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b8282018461172e8782845416613ce3565b16851982541617905580548461174687828416613ce3565b16908519161790555f6116db565b8882556116d5565b806327a0d35560e11b60049252fd5b9183927ff36d15460000000000000000000000000000000000000000000000000000000060649552600452602452604452fd5b9380929194810103916101008312610be95760e0813593601f190112610be9576040516117ca81613b54565b602082013563ffffffff81168103611f3e5781526117ea60408301613ede565b602082019081526117fd60608401613ede565b6040830190815261181060808501613aad565b916060840192835261182460a08601613aad565b936080810194855260e061183a60c08801613ede565b9660a0830197885201359687151588036102885760c08201978852604051907f563e13ac0000000000000000000000000000000000000000000000000000000082526060826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa918215611f31578182918394611edb575b50611eb3578a8252600360205260408220906001600160a01b03825416611e8b578d61191365ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b908d15918215611e7b575b8215611e67575b8215611e59575b8215611e44575b8215611e33575b8215611e1d575b8215611df8575b508115611de7575b508015611dd7575b611daf5761198761197b6001600160401b038a511663ffffffff88511690613da4565b61ffff89511690613da4565b9061ffff811691826127100190816127101161040757906119a791613da4565b6127108101908181116104075761270f01908111611d9b578f906127109004809110611d8357506001600160a01b036040519e169d8e60208201528d6040820152604081526119f7606082613bdc565b602081519101209e8f8552600660205260408520548015908115611d78575b50611d50578e9f9d9e9d855260066020528460408120556001600160401b03169c8a51875190895160ff16928b5195604051611a5181613b6f565b82815265ffffffffffff8416602082015261ffff8516604082015285606082015260ff8816608082015260a0015286549260d01b7bffff000000000000000000000000000000000000000000000000000016927fffffffff0000000000000000000000000000000000000000000000000000000016179060a01b79ffffffffffff00000000000000000000000000000000000000001617178455611b0a90849060ff60e01b1960ff60e01b83549260e01b169116179055565b82549060f01b7fffff000000000000000000000000000000000000000000000000000000000000169160e81b7dff000000000000000000000000000000000000000000000000000000000016907cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617178155600181016001600160401b038c166001600160401b031982541617905586516001600160401b031692895161ffff16918b5115159360405192611bbc84613b54565b8684526001600160401b0316928360208201524363ffffffff1660408201528160608201528460808201528560a082015260c00152600201936001600160401b03166001600160401b0319855416178455611c3f9084906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b82547fffffffff000000000000000000000000ffffffffffffffffffffffffffffffff164360801b73ffffffff00000000000000000000000000000000161761ffff60c01b60c09290921b919091161760ff60d01b91151560d01b91909116179055600254611cb7896001600160401b038316613ce3565b6001600160401b0316906001600160401b031916176002556040519788525163ffffffff1660208801525161ffff1660408701525161ffff166060860152516001600160401b03166080850152516001600160401b031660a08401525161ffff1660c083015251151560e08201526101007f3a706dd2625ddb20dfa66eafeffd6f900c91a83da6900495cf5a63f558700cac91a36116f3565b6004857f81791cb4000000000000000000000000000000000000000000000000000000008152fd5b90504311155f611a16565b8f604491869163d49dd94360e01b8352600452602452fd5b602485634e487b7160e01b81526011600452fd5b6004837f8dc59921000000000000000000000000000000000000000000000000000000008152fd5b5061271061ffff8b511611611958565b6001600160401b039150118e611950565b9150506001600160401b038a511664075cd788008201809211611d9b57118e5f611948565b8092506001600160401b038c5116111591611941565b9150602061ffff8a5116119161193a565b915061ffff88511661ffff8a51161091611933565b885161ffff1615925061192c565b915061100063ffffffff8851161191611925565b875163ffffffff1615925061191e565b6004837ff47d2b88000000000000000000000000000000000000000000000000000000008152fd5b6004827fef34f7ba000000000000000000000000000000000000000000000000000000008152fd5b935050506060823d606011611f29575b81611ef860609383613bdc565b8101031261028857611f0982613cb6565b611f216040611f1a60208601613f01565b9401613f10565b92905f6118bf565b3d9150611eeb565b50604051903d90823e3d90fd5b5f80fd5b6004837ff43c367c000000000000000000000000000000000000000000000000000000008152fd5b90506001600160a01b03808616911614155f61161a565b50346102885760203660031901126102885760406020916004358152600683522054604051908152f35b50346102885760c03660031901126102885760043590611fc9613a29565b90611fd26139fd565b3660a411610be95760a435926001600160401b0384116111f957836004019436604486011161100c5760408051959695919061200e8184613bdc565b8036843761201c8780613e7e565b90501496859063ffffffff8516915b6002811015612170578060051b6120476004828501018b613e7e565b918c61214b576054830361213c5782600c116121165760088201359088017fffffffff000000000000000000000000000000000000000000000000000000008216905261209384613eb0565b358235916001600160c01b03198316926008861061211e575b508460141161211a57906120ca929160a01c9160c01c90888a61513b565b9180603411612116576120f8928a9290916014820135916120f2916033190190603401613ec2565b916151f0565b15612107576001905b0161202b565b600488632bd528e560e11b8152fd5b8a80fd5b8c80fd5b6001600160c01b0319809294508660080360031b1b1616915f6120ac565b60048b632bd528e560e11b8152fd5b50906121639161215a84613eb0565b358a8a89614102565b1561210757600190612101565b505096509394506084356064351490816121aa575b506121975761062493945033926141f2565b6024848663054fbeb160e31b8252600452fd5b90507fffffffff0000000000000000000000000000000000000000000000000000000060208183511692015116145f612185565b503461028857602036600319011261028857600435908181526003602052604081206122098161416e565b61221560018301613d17565b9160a08301516123a45765ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016946122538642613da4565b602084019065ffffffffffff825116809110612277575b5050610624949550614ed3565b61ffff60608701511661ffff604087015116145f1461233b57506122f76122f06122c165ffffffffffff6001600160401b039451166407fffff80060e08a0151600b1b1690613e5e565b65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690613ce3565b9742613da4565b961680961061230f576106249495505b85945f61226a565b602485877f6fc0e7fa000000000000000000000000000000000000000000000000000000008252600452fd5b9650506001600160a01b03835116331480159061238e575b61236257610624949550612307565b602485877f58ea3381000000000000000000000000000000000000000000000000000000008252600452fd5b5063ffffffff600283015460a01c161515612353565b60048463156290fd60e01b8152fd5b5034610288576060366003190112610288576024356001600160401b038111610be9576123e49036906004016139ba565b6044356001600160401b03811161100c57612403903690600401613ac1565b92909360043581526003602052604081209061241e8261416e565b9561242b60018401613d17565b9061243860028501613bfd565b9260a08301516128e35763ffffffff606085015116156128d45761248465ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b65ffffffffffff60208b01511611156128c5576124a2368888613c71565b602081519101206004860154036128b6576124c1878786600435614526565b946001600160401b03602085015116906001600160401b03604086015116918360609085905b8d82101561254157609e19883603018260051b890135121561253d5761251e8f8e8e8e8e8e8e8960051b81013501956004356145b9565b8051612532575050600180915b01906124e7565b92509060019061252b565b8680fd5b899391508e9289911561289757506040519461255c86613bc1565b600254926001600160401b038416875260208701978460401c6001600160401b0316895260408801918560801c6001600160401b03168352606089019560c01c865289516001600160401b031660208601516001600160401b03166125c091613ce3565b906125ca91613e5e565b6001600160401b0316895260408401516001600160401b0316906125ed91613e5e565b81516001600160401b03169061260291613ce3565b6001600160401b0316815288936060840191825161ffff16604088015161ffff1614996080998b61ffff9c61288c575b612830575b519051915192516001600160c01b031960c091821b1667ffffffffffffffff60801b948c1b85166001600160401b0393841667ffffffffffffffff60401b604096871b8116919091179190911791909117600255875160018801805460208b01518b88015199517fffffffffffff000000000000000000000000000000000000000000000000000090921693909616929092179490951b9091169290921760809590951b90931693909317928a1690911b61ffff60c01b169190911790555b85820151600191909101805460a084015160c085015160e09586015179ffffffffffffffffffffffffffffffffffffffffffffffffffff90931660ff60d01b95151560d01b959095169490941760ff60d81b91151560d81b91909116179215159384901b60ff60e01b169290921760e89290921b7fffffff0000000000000000000000000000000000000000000000000000000000169190911790556127ab575b50500151166127a35780f35b610624614e7d565b6001600160a01b038251166001600160401b036040519216918281527f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe8602060043592a38015612797576001600160a01b036128299251167f0000000000000000000000000000000000000000000000000000000000000000614dcd565b8480612797565b9650916126f693918b936001600160401b03612866612859828b51168360208d01511690613e5e565b8260408c01511690613e5e565b99600160c08b01528161287c8c82885116613ce3565b1685529294965050919350612637565b508a87015115612632565b878151156128a85750602081519101fd5b8062560ff960e81b60049252fd5b806356365e8b60e11b60049252fd5b8063ef3ceaeb60e01b60049252fd5b80636b23f54b60e01b60049252fd5b8063156290fd60e01b60049252fd5b5034610288576020366003190112610288576020906001600160a01b036002604061291b6139e7565b9383851681526001865220015460401c16908115612946575b506001600160a01b0360405191168152f35b90505f612934565b503461028857806003193601126102885760206040517fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac40292218152f35b5034610288576020366003190112610288576004356001600160401b038111610be9576129ba903690600401613ac1565b906129c482613dd5565b6129d16040519182613bdc565b828152601f196129e084613dd5565b01845b818110612c3e5750506129f4614485565b62ffffff811692855b85811015612b36578060051b820135906001600160a01b038216809203612b325760019188528160205263ffffffff612b0c8560408b20604051612a4081613b24565b81548152868201546001600160401b03811660208301526001600160401b038160401c16604083015264ffffffffff8160801c166060830152858160a81c16608083015262ffffff8160c81c1660a083015262ffffff8160e01c1660c083015260f81c151560e082015260ff60028301546001600160401b0381166101008401526001600160a01b038160401c1661012084015260e01c1661014082015265ffffffffffff600383015416610160820152612afb868b613dec565b52612b06858a613dec565b50614500565b166080612b198388613dec565b51018760a0612b28858a613dec565b51015252016129fd565b8780fd5b8387604051918291602083016020845282518091526020604085019301915b818110612b63575050500390f35b91935091602061018060019265ffffffffffff6101608851805184526001600160401b038682015116868501526001600160401b03604082015116604085015264ffffffffff606082015116606085015263ffffffff608082015116608085015262ffffff60a08201511660a085015262ffffff60c08201511660c085015260e0810151151560e08501526001600160401b03610100820151166101008501526001600160a01b036101208201511661012085015260ff61014082015116610140850152015116610160820152019401910191849392612b55565b602090604095949551612c5081613b24565b87815287838201528760408201528760608201528760808201528760a08201528760c08201528760e082015287610100820152876101208201528761014082015287610160820152828286010152019392936129e3565b50346102885760a036600319011261028857600435612cc4613a29565b612ccc6139fd565b91606435926001600160a01b0384168085036111f157608435946001600160401b03861691828703612b32576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361300957848852600760205263ffffffff60408920961695868952602052604088206001600160a01b0385165f5260205260ff60405f205416612ffa57848852600760205260408820868952602052604088206001600160a01b0385165f5260205260405f20600160ff198254161790556001600160a01b0384169687895260016020526040892094855415612fe7576040519163971217b760e01b835260e0836004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315612fdc578b93612fbb575b5060018701918254612e3c612e2d6001600160401b0360028c0154166001600160401b038416613d97565b61ffff60408801511690613da4565b61270f8101809111612fa75790876127108f99989796959493046001600160401b03168099606088015161ffff16612e749083613da4565b61271090046001600160401b03169b612e8d8d84613e5e565b6001600160401b03161090505f149b60609b612f0d967fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c90569e612f96575050819687945b62ffffff60e01b1962ffffff60e01b600162ffffff8460e01c1681810160181c90030160e01b1691161790556001600160a01b0388511694615bf3565b6001600160401b038116938480612f65575b90508511612f3e575b505060405192835260208301526040820152a480f35b6001600160401b03610e456001600160a01b03612f5e9451169287613e5e565b5f80612f28565b612f8f917f0000000000000000000000000000000000000000000000000000000000000000614dcd565b5f84612f1f565b612f9f91613ce3565b968794612ed0565b60248e634e487b7160e01b81526011600452fd5b612fd591935060e03d60e011611412576114048183613bdc565b915f612e02565b6040513d8d823e3d90fd5b60248a8a63bfc6c33760e01b8252600452fd5b600488631b919bb160e11b8152fd5b6004887f874290fd000000000000000000000000000000000000000000000000000000008152fd5b503461028857806003193601126102885754604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b34611f3e576060366003190112611f3e57600435613097613a97565b6044359065ffffffffffff8216809203611f3e576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361333f57825f52600360205260405f20916130f18361416e565b926001810192600261310285613d17565b9201549263ffffffff8460a01c16156133305760ff8460d01c168015613320575b6132f85760a08301516132e95761ffff6060840151166132db576131789061317365ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b613d97565b65ffffffffffff60208701511611156132cc576127106131ab61ffff60a06001600160401b038095169801511687613da4565b0416936001600160401b036131c08683613d97565b9251168092116132ac57505060d81c60ff1661320c575b602092507b0100000000000000000000000000000000000000000000000000000060ff60d81b19825416179055604051908152f35b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692833b15611f3e575f936044859260405196879384927f5502534400000000000000000000000000000000000000000000000000000000845230600485015260248401525af19283156132a157602093613291575b506131d7565b5f61329b91613bdc565b5f61328b565b6040513d5f823e3d90fd5b846132b691613d97565b9063d49dd94360e01b5f5260045260245260445ffd5b63ef3ceaeb60e01b5f5260045ffd5b62560ff960e81b5f5260045ffd5b63156290fd60e01b5f5260045ffd5b7fdbb55d74000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061ffff8460c01c161515613123565b636b23f54b60e01b5f5260045ffd5b63061b735560e31b5f5260045ffd5b34611f3e5761335c36613a3c565b91855f96959652600460205260405f2063ffffffff871690815f5260205260405f205480156133d157821860401c156133bf57509061339e9291848787614102565b156133b0576133ae9233926141f2565b005b632bd528e560e11b5f5260045ffd5b63054fbeb160e31b5f5260045260245ffd5b507fa0ad82c8000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34611f3e575f366003190112611f3e57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34611f3e575f366003190112611f3e5760206040517f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508152f35b34611f3e576020366003190112611f3e576134926139e7565b6001600160a01b038116805f52600160205260405f209160018301926001600160401b03845460401c1693841561359e576133ae946001600160401b03936001600160a01b036002610e4595856fffffffffffffffff0000000000000000195f9754169055855467ffffffffffffffff60801b1967ffffffffffffffff60801b613521888c8560801c16613ce3565b60801b16911617865588330361358f575b015460401c16801584146135875750945b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0389168152846020820152856040820152a2613ce3565b905094613543565b61359981856156eb565b613532565b630686827b60e51b5f5260045ffd5b34611f3e575f366003190112611f3e5760206040516110008152f35b34611f3e576060366003190112611f3e576024356004356044356001600160401b038111611f3e576135ff9036906004016139ba565b90825f52600360205260405f20916136168361416e565b92600281019061362582613bfd565b906001600160a01b0386511633036138a95763ffffffff6060830151166138825761367865ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b65ffffffffffff60208801511611156132cc57871561385a57600388916136a0368789613c71565b60208151910120600482015501556001600160401b0360ff606061ffff6040890151169701511691511690604051957fa4ae518d000000000000000000000000000000000000000000000000000000008752600487015260248601526044850152608060648501526020848061371a608482018688613cc3565b03816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9384156132a1575f946137fb575b506137997fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b94829060ff60d81b1960ff60d81b835492151560d81b169116179055565b80547fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff164360a01b77ffffffff0000000000000000000000000000000000000000161790556040516020808252909283926137f692840191613cc3565b0390a3005b93506020843d602011613852575b8161381660209383613bdc565b81010312611f3e5761379961384b7fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b95613cb6565b9450613756565b3d9150613809565b7f185c1dff000000000000000000000000000000000000000000000000000000005f5260045ffd5b7eb47a0f000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5fc483c5000000000000000000000000000000000000000000000000000000005f5260045ffd5b34611f3e576020366003190112611f3e5760043560ff811690818103611f3e57335f52600160205260405f20541561398f5760038210156139675761393990335f526001602052600260405f20019060ff60e01b1960ff60e01b83549260e01b169116179055565b6040519081527f86ca834ed77043799de2a6c996fa4b79fadfb467b4694e233b20c43aa072821860203392a2005b7fd5c84cfb000000000000000000000000000000000000000000000000000000005f5260045ffd5b63bfc6c33760e01b5f523360045260245ffd5b34611f3e575f366003190112611f3e57806020809252f35b9181601f84011215611f3e578235916001600160401b038311611f3e5760208381860195010111611f3e57565b600435906001600160a01b0382168203611f3e57565b604435906001600160a01b0382168203611f3e57565b602435906001600160a01b0382168203611f3e57565b6024359063ffffffff82168203611f3e57565b60a0600319820112611f3e576004359160243563ffffffff81168103611f3e57916044356001600160a01b0381168103611f3e579160643591608435906001600160401b038211611f3e57613a93916004016139ba565b9091565b602435906001600160401b0382168203611f3e57565b35906001600160401b0382168203611f3e57565b9181601f84011215611f3e578235916001600160401b038311611f3e576020808501948460051b010111611f3e57565b90602080835192838152019201905f5b818110613b0e5750505090565b8251845260209384019390920191600101613b01565b61018081019081106001600160401b03821117613b4057604052565b634e487b7160e01b5f52604160045260245ffd5b60e081019081106001600160401b03821117613b4057604052565b60c081019081106001600160401b03821117613b4057604052565b60a081019081106001600160401b03821117613b4057604052565b61010081019081106001600160401b03821117613b4057604052565b608081019081106001600160401b03821117613b4057604052565b90601f801991011681019081106001600160401b03821117613b4057604052565b90604051613c0a81613b54565b60c060ff8294546001600160401b03811684526001600160401b038160401c16602085015263ffffffff8160801c16604085015263ffffffff8160a01c16606085015261ffff81841c166080850152818160d01c16151560a085015260d81c161515910152565b9291926001600160401b038211613b405760405191613c9a601f8201601f191660200184613bdc565b829481845281830111611f3e578281602093845f960137010152565b51908115158203611f3e57565b908060209392818452848401375f828201840152601f01601f1916010190565b906001600160401b03809116911601906001600160401b038211613d0357565b634e487b7160e01b5f52601160045260245ffd5b90604051613d2481613ba5565b60e08193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015261ffff8160c01c16606084015260ff8160d01c161515608084015260ff8160d81c16151560a084015260ff81831c16151560c084015260e81c910152565b91908201809211613d0357565b81810292918115918404141715613d0357565b8115613dc1570490565b634e487b7160e01b5f52601260045260245ffd5b6001600160401b038111613b405760051b60200190565b8051821015613e005760209160051b010190565b634e487b7160e01b5f52603260045260245ffd5b60405190613e2182613bc1565b8160605f546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015260c01c910152565b906001600160401b03809116911603906001600160401b038211613d0357565b903590601e1981360301821215611f3e57018035906001600160401b038211611f3e57602001918136038313611f3e57565b6002811015613e005760051b60640190565b359060208110613ed0575090565b5f199060200360031b1b1690565b359061ffff82168203611f3e57565b51906001600160a01b0382168203611f3e57565b519061ffff82168203611f3e57565b51906001600160401b0382168203611f3e57565b908160e0910312611f3e57613fa760c060405192613f4184613b54565b613f4a81613eed565b8452613f5860208201613f01565b6020850152613f6960408201613f01565b6040850152613f7a60608201613f01565b6060850152613f8b60808201613f10565b6080850152613f9c60a08201613eed565b60a085015201613eed565b60c082015290565b6040831493919284613fc3575b5050505090565b809192939450602011611f3e576120f2613fe7946020813593601f19019101613ec2565b5f808080613fbc565b90604051613ffd81613b6f565b60a08193546001600160a01b038116835265ffffffffffff81831c16602084015261ffff8160d01c16604084015260ff8160e01c16606084015260ff8160e81c16608084015260f01c910152565b3563ffffffff81168103611f3e5790565b6040519061406982613b54565b5f60c0838281528260208201528260408201528260608201528260808201528260a08201520152565b5f198114613d035760010190565b906140aa82613dd5565b6140b76040519182613bdc565b82815280926140c8601f1991613dd5565b0190602036910137565b604051906140df82613b6f565b5f60a0838281528260208201528260408201528260608201528260808201520152565b6141669161416b969495939563ffffffff6040519260208401947f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8652604085015216606083015260808201526080815261415e60a082613bdc565b5190206157be565b613faf565b90565b906141776140d2565b5061418182613ff0565b916001600160a01b03835116156141ca576001015460e01c60ff166141a257565b7f4a0be34b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f97736927000000000000000000000000000000000000000000000000000000005f5260045ffd5b909192815f52600760205263ffffffff60405f20931692835f5260205260405f206001600160a01b0385165f5260205260ff60405f20541661447657815f52600760205260405f20835f5260205260405f206001600160a01b0385165f5260205260405f20600160ff198254161790556001600160a01b03841693845f52600160205260405f20805415614463576040519263971217b760e01b845260e0846004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9384156132a1575f94614442575b5060018201908154906143096142fa6001600160401b036002870154166001600160401b038516613d97565b61ffff60408901511690613da4565b9561270f8701809711613d03576143c36060966001600160a01b0394846001600160401b036127107fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c90569c0416809961438a5f6001600160401b036127108f61ffff614378918d01511687613da4565b04166143848186613e5e565b50613ce3565b998462ffffff60e01b1962ffffff60e01b600162ffffff8f9960e01c1681810160181c90030160e01b1691161790558887511694615bf3565b6001600160401b0384169384614412575b8486116143f2575b50506040519384521660208301526040820152a4565b6001600160401b03610e458561440b9451169288613e5e565b5f806143dc565b61443d85847f0000000000000000000000000000000000000000000000000000000000000000614dcd565b6143d4565b61445c91945060e03d60e011611412576114048183613bdc565b925f6142ce565b8563bfc6c33760e01b5f5260045260245ffd5b631b919bb160e11b5f5260045ffd5b7f000000000000000000000000000000000000000000000000000000000000000065ffffffffffff16806144b857505f90565b61416b906144ee65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b613db7565b91908203918211613d0357565b60016145229101549162ffffff63ffffffff8460a81c169360c81c16906144f3565b1c90565b9093929160609460c081015161453d575b50505050565b6145af939495509063ffffffff60606145a193015116946040519586947f75248f2d000000000000000000000000000000000000000000000000000000006020870152602486015260448501525f60648501526080608485015260a4840191613cc3565b03601f198101835282613bdc565b905f808080614537565b93949197959692909760c05261012052610160526060946145d98261404b565b63ffffffff61ffff60408a015116911610801590614dbf575b614d9e57825f52600460205260405f2063ffffffff6146108461404b565b165f5260205260405f20549582013593861515808061024052614d81575b614d5b5782826146509261016051908b60ff60606101205192015116896152c6565b610180526102e0516101e052610100526102c05160ff60608901511681108015614d50575b614cef575061469d60ff6080890151166146976001600160401b0389166156c0565b906144f3565b6101a0525f6102208190526146b0614485565b610200525f6101c0525b6001600160401b0387161961010051166101c0511c151580614ce3575b1561493d5760016001600160401b0388161961010051166101c0511c1615614937576001600160401b0360026101c05160051b6101605101013560201c166101405260026101c05160051b6101605101013560601c5f52600160205260405f209060018201549161474b6102005182614500565b60e05261475b6101205182615af9565b1561492e57610180516148ab575b614782610140516001600160401b038560401c16613ce3565b600164ffffffffff8560801c160164ffffffffff8111613d0357600160e05101928360e05111613d03576148889561486e9478ffffffff00000000000000000000000000000000000000000074ffffffffff0000000000000000000000000000000060019560801b16927fffffffff000000000000000000000000ffffffffffffffffffffffffffffffff7bffffff000000000000000000000000000000000000000000000000006102005160c81b169116179160a81b1617178282015501906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b60016101c0511b6102205117610220526101405190613ce3565b965f196101a051016101a0525b6148a16101c051614092565b6101c052966146ba565b6101805160401c614906575b6001610180516101c0511c16156147695761ffff608061012051015116612710036127108111613d03576127106148fb6001600160401b0392836101405116613da4565b041661014052614769565b6001600160401b036149216101805160401c61014051613da4565b60101c16610140526148b7565b50979050614895565b96614895565b9092949691939561ffff608061012051015116151580614cce575b80614c90575b610240519081614c84575b81614c7b575b50614c56576001600160401b0361271061499361ffff60a087015116838616613da4565b041660a052602060c051016001600160401b036149b38482845116613ce3565b169052604060c051016001600160401b036149d360a05182845116613ce3565b1690526001600160401b036102205191161760805261018051614bf3575b845f52600460205260405f2063ffffffff614a0b8661404b565b165f526020526080516001600160401b031987161760405f205561024051614b7757606060c051019161ffff8351169261ffff8414613d03577f83e792f163c20884551ef927d31d5838d89ae60df4ccdac58162777b115565769560809562ffffff614aca65ffffffffffff60206001600160401b0397614aea9761ffff600163ffffffff9d0116905201511661469765ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613da4565b600b1c1660e060c05101528660c0510190815115614b21575b505061404b565b91604051978852816102205116602089015216604087015260a05160608701521693a3604051614b1b602082613bdc565b5f815290565b61ffff88610120510151161590811591614b42575b50151590525f80614ae3565b6101a0511515915081614b57575b505f614b36565b614b71915061016051610120518a51196101e05116615a3b565b5f614b50565b9450505061022051614b95575b505050604051614b1b602082613bdc565b606063ffffffff614bc67f412e931ece982861979a110e7f5b756628db1f371c04a16fc9b137cd9299b2529361404b565b6001600160401b0360405196816102205116885216602087015260a05160408701521693a35f8080614b84565b614bfc8461404b565b857f89f223dd6f9fdc94ffc369124b3db592c184a5e42ce0c7ca16d1ca1ce4786fa2604063ffffffff61ffff608061012051015116948251956bffffffffffffffffffffffff6101805116875260208701521693a36149f1565b5050505050505060405162560ff960e81b60208201526004815261416b602482613bdc565b9050155f61496f565b61022051159150614969565b50614cc984610160516101205160c05161018051610220518b8d63ffffffff614cc26001600160401b038c169361404b565b169061589f565b61495e565b506001600160401b0361018051161515614958565b506101a05115156146d7565b94969550509050614d00915061404b565b9160ff6060614d11610100516156c0565b920151169163ffffffff6040519463091c025360e41b60208701521660248501526044840152606483015260848201526084815261416b60a482613bdc565b506101005115614675565b505050505091505060405162560ff960e81b60208201526004815261416b602482613bdc565b506001600160401b0367ffffffffffffffff19861688181161462e565b63ffffffff614dac8361404b565b631de87d6160e01b5f521660045260245ffd5b508582013560401c156145f2565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615614e5c575b60405215614e275750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516614e7457823b15153d15161690614e1c565b503d5f823e3d90fd5b6001600160401b035f5c168015614ed057614ece906001600160401b03195f5c165f5d614ea8615744565b7f0000000000000000000000000000000000000000000000000000000000000000614dcd565b565b50565b9091927c01000000000000000000000000000000000000000000000000000000006001600160401b0382511691614fa46001600160401b03614f1d60208401958287511690613e5e565b614f7c826001614f3560408801948386511690613e5e565b9a8160c0890152019781808851161682198a5416178955511687906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b51855467ffffffffffffffff60801b1916911660801b67ffffffffffffffff60801b16178455565b606081015183547fffffffffffff0000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b61ffff60c01b16178355608081015183547fffffffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffff1690151560d01b60ff60d01b1617835560a0810151835460ff60d81b191690151560d81b60ff60d81b161783557bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffff000000000000000000000000000000000000000000000000000000000060e0855493015160e81b1691161717905560025477ffffffffffffffffffffffffffffffffffffffffffffffff6001600160c01b03196150b3858460c01c613ce3565b60c01b169116176002556001600160a01b03835116907f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe860206001600160401b03604051951694858152a380615107575050565b6001600160a01b03614ece9251167f0000000000000000000000000000000000000000000000000000000000000000614dcd565b92909161416b9480155f1461519a57506040519260208401947f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a50865260408501526060840152608083015260a082015260a0815261415e60c082613bdc565b91906040519360208501957fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac4029221875260408601526060850152608084015260a083015260c082015260c0815261415e60e082613bdc565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316927f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084118015615299575b61529057601b9060ff1c019060ff8211613d03576020935f9360ff60809460405194855216868401526040830152606082015282805260015afa156132a1576001600160a01b03805f51921691161490565b50505050505f90565b506001600160a01b0385161561523e565b358015158103611f3e5790565b3561ffff81168103611f3e5790565b610300919091526103208690525f6102c08190526102e08190529592945092916152f2906040016152aa565b156156b8576051935b615319856153126080610320510161032051613e7e565b9050613db7565b6102605261532a8561026051613da4565b61533d6080610320510161032051613e7e565b919050148015906156ab575b615667576153a69060e06040516102a052615367816102a051613bdc565b80366102a05137604051610360526153828161036051613bdc565b366103605137833560011a9063ffffffff61539f6103205161404b565b1690615a96565b610280525f61038081905280805b6102605181106154205750505050505050506153d6610300516102a051615b90565b9069ffff00000000000000006153f1602061032051016152b7565b60401b1690615405604061032051016152aa565b61540b57565b9061541c6103005161036051615b90565b1790565b6154336080610320510161032051613e7e565b5061543e8883613da4565b0161034052604961034051013560c01c61545d604061032051016152aa565b156156a4575b69ffff000000000000000061547d602061032051016152b7565b60401b1617853560011a61034051355f1a1015615667576001600160a01b036103805116600261034051355f1a60051b8801013560601c1115615667576103405180355f1a600581901b88016002013560601c6103805260019182013560c01c901c1615801561564e575b6156455783600161034051013560c01c1480159061563b575b6155e0575b90600191615536600261034051355f1a60051b8901013560601c60296103405101356009610340510135876151f0565b1580156155b3575b6155ad57826102c051016102c0528261034051013560c01c6102e051176102e0526155758361034051013560c01c6102a051615b4c565b615584604061032051016152aa565b615591575b505b016153b4565b6001600160401b036155a7911661036051615b4c565b5f615589565b5061558b565b50600261034051355f1a60051b8801013560601c5f52826020526155da8660405f20615af9565b1561553e565b97509150508560018061034051013560c01c926156326156026103205161404b565b6bffffffffffffffffffffffff8516908461034051013560c01c9063ffffffff606061032051013591168b61513b565b92909150615506565b5088811415615501565b5060019061558b565b506102805119600161034051013560c01c1615156154e8565b63ffffffff6156786103205161404b565b7f7252bfa7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b505f615463565b5060406102605111615349565b6049936152fb565b90815f925b6156cc5750565b915f198301838111613d03576156e59316928391614092565b926156c5565b6001600160a01b0360028193015460401c1680155f1461573d57505b168033036157125750565b7f2eb2e80b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9050615707565b60405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa80156132a1576001600160a01b03915f9161579f575b50511690565b6157b8915060e03d60e011611412576114048183613bdc565b5f615799565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f5713b7999760bffd026daf45aebd75261222de8f4562351a9f2730109196ff3260408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a0815261585060c082613bdc565b519020906040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152615899606282613bdc565b51902090565b9497509297949591845f52600560205260405f20845f526020526001600160401b0360405f20549182199084178b161616908115615a2d578190865f52600560205260405f20865f526020521760405f205516958615615a21575f945f5b88811c80156159f357600116156159ea5760028160051b85010135906001600160401b038260601c9260201c16918b60401c806159cc575b5061ffff60808b015116612710036127108111613d035761597e615978856001600160401b0361271061597061598596836159c79b16613da4565b041690613e5e565b83615d43565b809a613ce3565b986001600160401b0360405191168152887f36284130b7d63e446afb4eb0fee0052c5ed18ad28a3bd17bccafa5da41b68621602063ffffffff8b1693a4614092565b6158fd565b6159df906001600160401b039294613da4565b60101c16915f615935565b6159c790614092565b50509750915050615a199294506001600160401b03935060209150019282845116613e5e565b169052600190565b50505050925050505f90565b505050505050925050505f90565b9250905f5b83811c80156152905760011615615a8d5760028160051b8301013560601c5f526001602052615a728360405f20615af9565b615a8457615a7f90614092565b615a40565b50505050600190565b615a7f90614092565b91825115615ae45750815f916064602094015282815191016001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa156132a1575f5190565b9050600191501b5f198101908111613d035790565b600101546001600160401b036020830151166001600160401b03821610159182615b2257505090565b60a001511591508115615b33575090565b905060f81c90565b906007811015613e005760051b0190565b81905f925b615b5a57505050565b615b8a82615b688584615b3b565b511892615b758584615b3b565b5116938493615b848285615b3b565b52614092565b92615b51565b6001600160401b0391905f60075b8015615beb575f19019083821c600116615bd857615bbc8284615b3b565b5185161793615bcb8284615b3b565b511916945b949390615b9e565b93615be38284615b3b565b511694615bd0565b509150501790565b949392600182019081546001600160401b0316916001600160401b038516968388105f147f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a97615d1f6060986001600160a01b03986001600160401b03615c896002615c7d8d9c8d9b859a615d385785615c6e898094613e5e565b16861982541617905586613e5e565b93019282845416613e5e565b168519825416179055615c9a613e14565b9084615ca98282855116613e5e565b16825284615cbe602084019282845116613ce3565b1690528051602082015160408084015160609094015191901b67ffffffffffffffff60401b166001600160401b039092169190911760809290921b67ffffffffffffffff60801b169190911760c09190911b6001600160c01b031916175f55565b604051998a5216602089015216604087015216941692a3565b85615c6e8380613e5e565b6001600160a01b039092919216805f52600160205260405f2060018101906001600160401b03825460401c16946001600160401b0381168681105f14615f545781905b8197826001600160401b0381169182615f13575b505014615f0b5750826001600160a01b037f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a93615edb6060948a615dfa60026001600160401b035f9c9b54169501946001600160401b0386541690613d97565b91826001600160401b03615e0e8484613e5e565b16108b14615efb57615e209250613e5e565b6001600160401b03615e3582828c5c16613ce3565b166001600160401b03198a5c1617895d615e4d615744565b926001600160401b03615e91615e888289541683861699818b108f14615ef05784615e79888094613e5e565b16851982541617905585613e5e565b82845416613e5e565b166001600160401b0319825416179055615ea9613e14565b906001600160401b03615ebf8282855116613e5e565b1682526001600160401b03615cbe602084019282845116613ce3565b604051928352866020840152166040820152a3565b84615e798380613e5e565b50506001600160401b0316615e20565b955050505050565b615f4d91615f2091613e5e565b87546fffffffffffffffff0000000000000000191660409190911b67ffffffffffffffff60401b16178755565b825f615d9a565b8690615d8656",
}

// Marketplace is an auto generated Go binding around an Ethereum contract.
type Marketplace struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Marketplace) GetABI() abi.ABI {
	return c.abi
}

// NewMarketplace creates a new instance of Marketplace.
func NewMarketplace() *Marketplace {
	parsed, err := MarketplaceMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Marketplace{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Marketplace) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token_, address parameters_, address batches_, address arbiters_, address draws_, uint48 unbondingDelay_, uint48 topUp_, uint48 tick_, uint48 epoch_) returns()
func (marketplace *Marketplace) PackConstructor(token_ common.Address, parameters_ common.Address, batches_ common.Address, arbiters_ common.Address, draws_ common.Address, unbondingDelay_ *big.Int, topUp_ *big.Int, tick_ *big.Int, epoch_ *big.Int) []byte {
	enc, err := marketplace.abi.Pack("", token_, parameters_, batches_, arbiters_, draws_, unbondingDelay_, topUp_, tick_, epoch_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackATTESTED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b80cceb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ATTESTED() view returns(bytes32)
func (marketplace *Marketplace) PackATTESTED() []byte {
	enc, err := marketplace.abi.Pack("ATTESTED")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackATTESTED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b80cceb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ATTESTED() view returns(bytes32)
func (marketplace *Marketplace) TryPackATTESTED() ([]byte, error) {
	return marketplace.abi.Pack("ATTESTED")
}

// UnpackATTESTED is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b80cceb.
//
// Solidity: function ATTESTED() view returns(bytes32)
func (marketplace *Marketplace) UnpackATTESTED(data []byte) ([32]byte, error) {
	out, err := marketplace.abi.Unpack("ATTESTED", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackBASE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec342ad0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BASE() view returns(uint256)
func (marketplace *Marketplace) PackBASE() []byte {
	enc, err := marketplace.abi.Pack("BASE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBASE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xec342ad0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BASE() view returns(uint256)
func (marketplace *Marketplace) TryPackBASE() ([]byte, error) {
	return marketplace.abi.Pack("BASE")
}

// UnpackBASE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xec342ad0.
//
// Solidity: function BASE() view returns(uint256)
func (marketplace *Marketplace) UnpackBASE(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("BASE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGRADED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6b518947.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function GRADED() view returns(bytes32)
func (marketplace *Marketplace) PackGRADED() []byte {
	enc, err := marketplace.abi.Pack("GRADED")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGRADED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6b518947.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function GRADED() view returns(bytes32)
func (marketplace *Marketplace) TryPackGRADED() ([]byte, error) {
	return marketplace.abi.Pack("GRADED")
}

// UnpackGRADED is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6b518947.
//
// Solidity: function GRADED() view returns(bytes32)
func (marketplace *Marketplace) UnpackGRADED(data []byte) ([32]byte, error) {
	out, err := marketplace.abi.Unpack("GRADED", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackMAXREPLICAS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x05258376.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_REPLICAS() view returns(uint256)
func (marketplace *Marketplace) PackMAXREPLICAS() []byte {
	enc, err := marketplace.abi.Pack("MAX_REPLICAS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXREPLICAS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x05258376.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_REPLICAS() view returns(uint256)
func (marketplace *Marketplace) TryPackMAXREPLICAS() ([]byte, error) {
	return marketplace.abi.Pack("MAX_REPLICAS")
}

// UnpackMAXREPLICAS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x05258376.
//
// Solidity: function MAX_REPLICAS() view returns(uint256)
func (marketplace *Marketplace) UnpackMAXREPLICAS(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("MAX_REPLICAS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXSEATS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94c2c24f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_SEATS() view returns(uint256)
func (marketplace *Marketplace) PackMAXSEATS() []byte {
	enc, err := marketplace.abi.Pack("MAX_SEATS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXSEATS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94c2c24f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_SEATS() view returns(uint256)
func (marketplace *Marketplace) TryPackMAXSEATS() ([]byte, error) {
	return marketplace.abi.Pack("MAX_SEATS")
}

// UnpackMAXSEATS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x94c2c24f.
//
// Solidity: function MAX_SEATS() view returns(uint256)
func (marketplace *Marketplace) UnpackMAXSEATS(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("MAX_SEATS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXTASKS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15d48db4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_TASKS() view returns(uint256)
func (marketplace *Marketplace) PackMAXTASKS() []byte {
	enc, err := marketplace.abi.Pack("MAX_TASKS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXTASKS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15d48db4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_TASKS() view returns(uint256)
func (marketplace *Marketplace) TryPackMAXTASKS() ([]byte, error) {
	return marketplace.abi.Pack("MAX_TASKS")
}

// UnpackMAXTASKS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x15d48db4.
//
// Solidity: function MAX_TASKS() view returns(uint256)
func (marketplace *Marketplace) UnpackMAXTASKS(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("MAX_TASKS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXTERM is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9886bf63.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_TERM() view returns(uint256)
func (marketplace *Marketplace) PackMAXTERM() []byte {
	enc, err := marketplace.abi.Pack("MAX_TERM")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXTERM is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9886bf63.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_TERM() view returns(uint256)
func (marketplace *Marketplace) TryPackMAXTERM() ([]byte, error) {
	return marketplace.abi.Pack("MAX_TERM")
}

// UnpackMAXTERM is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9886bf63.
//
// Solidity: function MAX_TERM() view returns(uint256)
func (marketplace *Marketplace) UnpackMAXTERM(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("MAX_TERM", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackREVEALED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa76a9587.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function REVEALED() view returns(bytes32)
func (marketplace *Marketplace) PackREVEALED() []byte {
	enc, err := marketplace.abi.Pack("REVEALED")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackREVEALED is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa76a9587.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function REVEALED() view returns(bytes32)
func (marketplace *Marketplace) TryPackREVEALED() ([]byte, error) {
	return marketplace.abi.Pack("REVEALED")
}

// UnpackREVEALED is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa76a9587.
//
// Solidity: function REVEALED() view returns(bytes32)
func (marketplace *Marketplace) UnpackREVEALED(data []byte) ([32]byte, error) {
	out, err := marketplace.abi.Unpack("REVEALED", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackROLES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x923cb952.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ROLES() view returns(uint8)
func (marketplace *Marketplace) PackROLES() []byte {
	enc, err := marketplace.abi.Pack("ROLES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackROLES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x923cb952.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ROLES() view returns(uint8)
func (marketplace *Marketplace) TryPackROLES() ([]byte, error) {
	return marketplace.abi.Pack("ROLES")
}

// UnpackROLES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x923cb952.
//
// Solidity: function ROLES() view returns(uint8)
func (marketplace *Marketplace) UnpackROLES(data []byte) (uint8, error) {
	out, err := marketplace.abi.Unpack("ROLES", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackSHARES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc1254a55.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function SHARES() view returns(uint256)
func (marketplace *Marketplace) PackSHARES() []byte {
	enc, err := marketplace.abi.Pack("SHARES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSHARES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc1254a55.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function SHARES() view returns(uint256)
func (marketplace *Marketplace) TryPackSHARES() ([]byte, error) {
	return marketplace.abi.Pack("SHARES")
}

// UnpackSHARES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc1254a55.
//
// Solidity: function SHARES() view returns(uint256)
func (marketplace *Marketplace) UnpackSHARES(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("SHARES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0a3bd8ec.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function anchor(bytes32 id, bytes32 award, bytes seating) returns()
func (marketplace *Marketplace) PackAnchor(id [32]byte, award [32]byte, seating []byte) []byte {
	enc, err := marketplace.abi.Pack("anchor", id, award, seating)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0a3bd8ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function anchor(bytes32 id, bytes32 award, bytes seating) returns()
func (marketplace *Marketplace) TryPackAnchor(id [32]byte, award [32]byte, seating []byte) ([]byte, error) {
	return marketplace.abi.Pack("anchor", id, award, seating)
}

// PackArbiters is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeaff29bb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function arbiters() view returns(address)
func (marketplace *Marketplace) PackArbiters() []byte {
	enc, err := marketplace.abi.Pack("arbiters")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackArbiters is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeaff29bb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function arbiters() view returns(address)
func (marketplace *Marketplace) TryPackArbiters() ([]byte, error) {
	return marketplace.abi.Pack("arbiters")
}

// UnpackArbiters is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xeaff29bb.
//
// Solidity: function arbiters() view returns(address)
func (marketplace *Marketplace) UnpackArbiters(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("arbiters", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackBank is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfbf373f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bank(uint64 pay, uint64 fees) returns()
func (marketplace *Marketplace) PackBank(pay uint64, fees uint64) []byte {
	enc, err := marketplace.abi.Pack("bank", pay, fees)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBank is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfbf373f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bank(uint64 pay, uint64 fees) returns()
func (marketplace *Marketplace) TryPackBank(pay uint64, fees uint64) ([]byte, error) {
	return marketplace.abi.Pack("bank", pay, fees)
}

// PackBatches is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfdf677e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function batches() view returns(address)
func (marketplace *Marketplace) PackBatches() []byte {
	enc, err := marketplace.abi.Pack("batches")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBatches is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfdf677e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function batches() view returns(address)
func (marketplace *Marketplace) TryPackBatches() ([]byte, error) {
	return marketplace.abi.Pack("batches")
}

// UnpackBatches is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xcfdf677e.
//
// Solidity: function batches() view returns(address)
func (marketplace *Marketplace) UnpackBatches(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("batches", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackBooks is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c8fe438.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function books() view returns(uint64 staked, uint64 slashed, uint64 withdrawn, uint64 collected)
func (marketplace *Marketplace) PackBooks() []byte {
	enc, err := marketplace.abi.Pack("books")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBooks is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c8fe438.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function books() view returns(uint64 staked, uint64 slashed, uint64 withdrawn, uint64 collected)
func (marketplace *Marketplace) TryPackBooks() ([]byte, error) {
	return marketplace.abi.Pack("books")
}

// BooksOutput serves as a container for the return parameters of contract
// method Books.
type BooksOutput struct {
	Staked    uint64
	Slashed   uint64
	Withdrawn uint64
	Collected uint64
}

// UnpackBooks is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5c8fe438.
//
// Solidity: function books() view returns(uint64 staked, uint64 slashed, uint64 withdrawn, uint64 collected)
func (marketplace *Marketplace) UnpackBooks(data []byte) (BooksOutput, error) {
	out, err := marketplace.abi.Unpack("books", data)
	outstruct := new(BooksOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Staked = *abi.ConvertType(out[0], new(uint64)).(*uint64)
	outstruct.Slashed = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.Withdrawn = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	outstruct.Collected = *abi.ConvertType(out[3], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ec2fe2a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim(bytes32 id, bytes seating, (uint32,uint16,bool,bytes32,bytes)[] certificates) returns()
func (marketplace *Marketplace) PackClaim(id [32]byte, seating []byte, certificates []MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("claim", id, seating, certificates)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ec2fe2a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(bytes32 id, bytes seating, (uint32,uint16,bool,bytes32,bytes)[] certificates) returns()
func (marketplace *Marketplace) TryPackClaim(id [32]byte, seating []byte, certificates []MarketplaceCertificate) ([]byte, error) {
	return marketplace.abi.Pack("claim", id, seating, certificates)
}

// PackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe5225381.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function collect() returns()
func (marketplace *Marketplace) PackCollect() []byte {
	enc, err := marketplace.abi.Pack("collect")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe5225381.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function collect() returns()
func (marketplace *Marketplace) TryPackCollect() ([]byte, error) {
	return marketplace.abi.Pack("collect")
}

// PackCommit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf14fcbc8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commit(bytes32 commitment) returns()
func (marketplace *Marketplace) PackCommit(commitment [32]byte) []byte {
	enc, err := marketplace.abi.Pack("commit", commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf14fcbc8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commit(bytes32 commitment) returns()
func (marketplace *Marketplace) TryPackCommit(commitment [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("commit", commitment)
}

// PackCommitments is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x839df945.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitments(bytes32 commitment) view returns(uint256 blockNumber)
func (marketplace *Marketplace) PackCommitments(commitment [32]byte) []byte {
	enc, err := marketplace.abi.Pack("commitments", commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitments is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x839df945.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitments(bytes32 commitment) view returns(uint256 blockNumber)
func (marketplace *Marketplace) TryPackCommitments(commitment [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("commitments", commitment)
}

// UnpackCommitments is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x839df945.
//
// Solidity: function commitments(bytes32 commitment) view returns(uint256 blockNumber)
func (marketplace *Marketplace) UnpackCommitments(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("commitments", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f368c09.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function convict(bytes32 id, uint32 task, address account, address reporter, uint64 costs) returns()
func (marketplace *Marketplace) PackConvict(id [32]byte, task uint32, account common.Address, reporter common.Address, costs uint64) []byte {
	enc, err := marketplace.abi.Pack("convict", id, task, account, reporter, costs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f368c09.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function convict(bytes32 id, uint32 task, address account, address reporter, uint64 costs) returns()
func (marketplace *Marketplace) TryPackConvict(id [32]byte, task uint32, account common.Address, reporter common.Address, costs uint64) ([]byte, error) {
	return marketplace.abi.Pack("convict", id, task, account, reporter, costs)
}

// PackDraws is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ddc1680.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function draws() view returns(address)
func (marketplace *Marketplace) PackDraws() []byte {
	enc, err := marketplace.abi.Pack("draws")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDraws is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ddc1680.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function draws() view returns(address)
func (marketplace *Marketplace) TryPackDraws() ([]byte, error) {
	return marketplace.abi.Pack("draws")
}

// UnpackDraws is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8ddc1680.
//
// Solidity: function draws() view returns(address)
func (marketplace *Marketplace) UnpackDraws(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("draws", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x900cf0cf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function epoch() view returns(uint48)
func (marketplace *Marketplace) PackEpoch() []byte {
	enc, err := marketplace.abi.Pack("epoch")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x900cf0cf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function epoch() view returns(uint48)
func (marketplace *Marketplace) TryPackEpoch() ([]byte, error) {
	return marketplace.abi.Pack("epoch")
}

// UnpackEpoch is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x900cf0cf.
//
// Solidity: function epoch() view returns(uint48)
func (marketplace *Marketplace) UnpackEpoch(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("epoch", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackFinish is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdfd9ac2a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finish(bytes32 id, uint64 pay) returns()
func (marketplace *Marketplace) PackFinish(id [32]byte, pay uint64) []byte {
	enc, err := marketplace.abi.Pack("finish", id, pay)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinish is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdfd9ac2a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finish(bytes32 id, uint64 pay) returns()
func (marketplace *Marketplace) TryPackFinish(id [32]byte, pay uint64) ([]byte, error) {
	return marketplace.abi.Pack("finish", id, pay)
}

// PackJob is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb371c60.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool,bool),bytes32,bytes32))
func (marketplace *Marketplace) PackJob(id [32]byte) []byte {
	enc, err := marketplace.abi.Pack("job", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackJob is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb371c60.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool,bool),bytes32,bytes32))
func (marketplace *Marketplace) TryPackJob(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("job", id)
}

// UnpackJob is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb371c60.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool,bool),bytes32,bytes32))
func (marketplace *Marketplace) UnpackJob(data []byte) (MarketplaceJob, error) {
	out, err := marketplace.abi.Unpack("job", data)
	if err != nil {
		return *new(MarketplaceJob), err
	}
	out0 := *abi.ConvertType(out[0], new(MarketplaceJob)).(*MarketplaceJob)
	return out0, nil
}

// PackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onTransferReceived(address operator, address from, uint256 value, bytes data) returns(bytes4)
func (marketplace *Marketplace) PackOnTransferReceived(operator common.Address, from common.Address, value *big.Int, data []byte) []byte {
	enc, err := marketplace.abi.Pack("onTransferReceived", operator, from, value, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onTransferReceived(address operator, address from, uint256 value, bytes data) returns(bytes4)
func (marketplace *Marketplace) TryPackOnTransferReceived(operator common.Address, from common.Address, value *big.Int, data []byte) ([]byte, error) {
	return marketplace.abi.Pack("onTransferReceived", operator, from, value, data)
}

// UnpackOnTransferReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x88a7ca5c.
//
// Solidity: function onTransferReceived(address operator, address from, uint256 value, bytes data) returns(bytes4)
func (marketplace *Marketplace) UnpackOnTransferReceived(data []byte) ([4]byte, error) {
	out, err := marketplace.abi.Unpack("onTransferReceived", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackParameters is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x89035730.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function parameters() view returns(address)
func (marketplace *Marketplace) PackParameters() []byte {
	enc, err := marketplace.abi.Pack("parameters")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackParameters is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x89035730.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function parameters() view returns(address)
func (marketplace *Marketplace) TryPackParameters() ([]byte, error) {
	return marketplace.abi.Pack("parameters")
}

// UnpackParameters is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x89035730.
//
// Solidity: function parameters() view returns(address)
func (marketplace *Marketplace) UnpackParameters(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("parameters", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPayees is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9c0002b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payees(bytes32 id, bytes seating, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) PackPayees(id [32]byte, seating []byte, c MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("payees", id, seating, c)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayees is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9c0002b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payees(bytes32 id, bytes seating, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) TryPackPayees(id [32]byte, seating []byte, c MarketplaceCertificate) ([]byte, error) {
	return marketplace.abi.Pack("payees", id, seating, c)
}

// PayeesOutput serves as a container for the return parameters of contract
// method Payees.
type PayeesOutput struct {
	Paid     *big.Int
	Replicas *big.Int
}

// UnpackPayees is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb9c0002b.
//
// Solidity: function payees(bytes32 id, bytes seating, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) UnpackPayees(data []byte) (PayeesOutput, error) {
	out, err := marketplace.abi.Unpack("payees", data)
	outstruct := new(PayeesOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Paid = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Replicas = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackPayoutOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da61d1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payoutOf(address account) view returns(address payout)
func (marketplace *Marketplace) PackPayoutOf(account common.Address) []byte {
	enc, err := marketplace.abi.Pack("payoutOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayoutOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6da61d1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payoutOf(address account) view returns(address payout)
func (marketplace *Marketplace) TryPackPayoutOf(account common.Address) ([]byte, error) {
	return marketplace.abi.Pack("payoutOf", account)
}

// UnpackPayoutOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6da61d1e.
//
// Solidity: function payoutOf(address account) view returns(address payout)
func (marketplace *Marketplace) UnpackPayoutOf(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("payoutOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7249fbb6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function refund(bytes32 id) returns()
func (marketplace *Marketplace) PackRefund(id [32]byte) []byte {
	enc, err := marketplace.abi.Pack("refund", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRefund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7249fbb6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function refund(bytes32 id) returns()
func (marketplace *Marketplace) TryPackRefund(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("refund", id)
}

// PackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe1fa8e84.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function register(bytes32 peer) returns()
func (marketplace *Marketplace) PackRegister(peer [32]byte) []byte {
	enc, err := marketplace.abi.Pack("register", peer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe1fa8e84.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function register(bytes32 peer) returns()
func (marketplace *Marketplace) TryPackRegister(peer [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("register", peer)
}

// PackReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x536370b1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reserve(bytes32 id, uint64 pay, uint48 time) returns(uint64 fee)
func (marketplace *Marketplace) PackReserve(id [32]byte, pay uint64, time *big.Int) []byte {
	enc, err := marketplace.abi.Pack("reserve", id, pay, time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x536370b1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reserve(bytes32 id, uint64 pay, uint48 time) returns(uint64 fee)
func (marketplace *Marketplace) TryPackReserve(id [32]byte, pay uint64, time *big.Int) ([]byte, error) {
	return marketplace.abi.Pack("reserve", id, pay, time)
}

// UnpackReserve is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x536370b1.
//
// Solidity: function reserve(bytes32 id, uint64 pay, uint48 time) returns(uint64 fee)
func (marketplace *Marketplace) UnpackReserve(data []byte) (uint64, error) {
	out, err := marketplace.abi.Unpack("reserve", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackResults is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbba72289.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(uint256[] outcomes, uint256[] fined)
func (marketplace *Marketplace) PackResults(id [32]byte, first uint32, count uint32) []byte {
	enc, err := marketplace.abi.Pack("results", id, first, count)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackResults is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbba72289.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(uint256[] outcomes, uint256[] fined)
func (marketplace *Marketplace) TryPackResults(id [32]byte, first uint32, count uint32) ([]byte, error) {
	return marketplace.abi.Pack("results", id, first, count)
}

// ResultsOutput serves as a container for the return parameters of contract
// method Results.
type ResultsOutput struct {
	Outcomes []*big.Int
	Fined    []*big.Int
}

// UnpackResults is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbba72289.
//
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(uint256[] outcomes, uint256[] fined)
func (marketplace *Marketplace) UnpackResults(data []byte) (ResultsOutput, error) {
	out, err := marketplace.abi.Unpack("results", data)
	outstruct := new(ResultsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Outcomes = *abi.ConvertType(out[0], new([]*big.Int)).(*[]*big.Int)
	outstruct.Fined = *abi.ConvertType(out[1], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
}

// PackRevealed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf429540c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revealed(bytes32 id, uint32 task, address account, bytes32 digest, bytes rvs) view returns(bool)
func (marketplace *Marketplace) PackRevealed(id [32]byte, task uint32, account common.Address, digest [32]byte, rvs []byte) []byte {
	enc, err := marketplace.abi.Pack("revealed", id, task, account, digest, rvs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevealed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf429540c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revealed(bytes32 id, uint32 task, address account, bytes32 digest, bytes rvs) view returns(bool)
func (marketplace *Marketplace) TryPackRevealed(id [32]byte, task uint32, account common.Address, digest [32]byte, rvs []byte) ([]byte, error) {
	return marketplace.abi.Pack("revealed", id, task, account, digest, rvs)
}

// UnpackRevealed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf429540c.
//
// Solidity: function revealed(bytes32 id, uint32 task, address account, bytes32 digest, bytes rvs) view returns(bool)
func (marketplace *Marketplace) UnpackRevealed(data []byte) (bool, error) {
	out, err := marketplace.abi.Unpack("revealed", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSetPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc2fb1ceb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setPayout(address account, address payout) returns()
func (marketplace *Marketplace) PackSetPayout(account common.Address, payout common.Address) []byte {
	enc, err := marketplace.abi.Pack("setPayout", account, payout)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc2fb1ceb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setPayout(address account, address payout) returns()
func (marketplace *Marketplace) TryPackSetPayout(account common.Address, payout common.Address) ([]byte, error) {
	return marketplace.abi.Pack("setPayout", account, payout)
}

// PackSetRole is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x07f6af8a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setRole(uint8 role) returns()
func (marketplace *Marketplace) PackSetRole(role uint8) []byte {
	enc, err := marketplace.abi.Pack("setRole", role)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetRole is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x07f6af8a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setRole(uint8 role) returns()
func (marketplace *Marketplace) TryPackSetRole(role uint8) ([]byte, error) {
	return marketplace.abi.Pack("setRole", role)
}

// PackSetVerified is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9cf5c613.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setVerified(address account, bool verified) returns()
func (marketplace *Marketplace) PackSetVerified(account common.Address, verified bool) []byte {
	enc, err := marketplace.abi.Pack("setVerified", account, verified)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetVerified is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9cf5c613.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setVerified(address account, bool verified) returns()
func (marketplace *Marketplace) TryPackSetVerified(account common.Address, verified bool) ([]byte, error) {
	return marketplace.abi.Pack("setVerified", account, verified)
}

// PackSignedBy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb62eb7d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function signedBy(bytes32 hash, bytes rvs, address account) pure returns(bool)
func (marketplace *Marketplace) PackSignedBy(hash [32]byte, rvs []byte, account common.Address) []byte {
	enc, err := marketplace.abi.Pack("signedBy", hash, rvs, account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSignedBy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb62eb7d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function signedBy(bytes32 hash, bytes rvs, address account) pure returns(bool)
func (marketplace *Marketplace) TryPackSignedBy(hash [32]byte, rvs []byte, account common.Address) ([]byte, error) {
	return marketplace.abi.Pack("signedBy", hash, rvs, account)
}

// UnpackSignedBy is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb62eb7d9.
//
// Solidity: function signedBy(bytes32 hash, bytes rvs, address account) pure returns(bool)
func (marketplace *Marketplace) UnpackSignedBy(data []byte) (bool, error) {
	out, err := marketplace.abi.Unpack("signedBy", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4362d4a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slash(bytes32 id, uint32 task, address account, bytes32 digest, bytes rvs) returns()
func (marketplace *Marketplace) PackSlash(id [32]byte, task uint32, account common.Address, digest [32]byte, rvs []byte) []byte {
	enc, err := marketplace.abi.Pack("slash", id, task, account, digest, rvs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4362d4a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slash(bytes32 id, uint32 task, address account, bytes32 digest, bytes rvs) returns()
func (marketplace *Marketplace) TryPackSlash(id [32]byte, task uint32, account common.Address, digest [32]byte, rvs []byte) ([]byte, error) {
	return marketplace.abi.Pack("slash", id, task, account, digest, rvs)
}

// PackSlashTwice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c902920.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slashTwice(bytes32 id, uint32 task, address account, bytes32[2] digests, bytes[2] signatures) returns()
func (marketplace *Marketplace) PackSlashTwice(id [32]byte, task uint32, account common.Address, digests [2][32]byte, signatures [2][]byte) []byte {
	enc, err := marketplace.abi.Pack("slashTwice", id, task, account, digests, signatures)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlashTwice is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7c902920.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slashTwice(bytes32 id, uint32 task, address account, bytes32[2] digests, bytes[2] signatures) returns()
func (marketplace *Marketplace) TryPackSlashTwice(id [32]byte, task uint32, account common.Address, digests [2][32]byte, signatures [2][]byte) ([]byte, error) {
	return marketplace.abi.Pack("slashTwice", id, task, account, digests, signatures)
}

// PackSlashed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x998957f2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slashed(bytes32 job, uint256 task, address account) view returns(bool)
func (marketplace *Marketplace) PackSlashed(job [32]byte, task *big.Int, account common.Address) []byte {
	enc, err := marketplace.abi.Pack("slashed", job, task, account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlashed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x998957f2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slashed(bytes32 job, uint256 task, address account) view returns(bool)
func (marketplace *Marketplace) TryPackSlashed(job [32]byte, task *big.Int, account common.Address) ([]byte, error) {
	return marketplace.abi.Pack("slashed", job, task, account)
}

// UnpackSlashed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x998957f2.
//
// Solidity: function slashed(bytes32 job, uint256 task, address account) view returns(bool)
func (marketplace *Marketplace) UnpackSlashed(data []byte) (bool, error) {
	out, err := marketplace.abi.Unpack("slashed", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackTick is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3eaf5d9f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tick() view returns(uint48)
func (marketplace *Marketplace) PackTick() []byte {
	enc, err := marketplace.abi.Pack("tick")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTick is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3eaf5d9f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function tick() view returns(uint48)
func (marketplace *Marketplace) TryPackTick() ([]byte, error) {
	return marketplace.abi.Pack("tick")
}

// UnpackTick is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3eaf5d9f.
//
// Solidity: function tick() view returns(uint48)
func (marketplace *Marketplace) UnpackTick(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("tick", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (marketplace *Marketplace) PackToken() []byte {
	enc, err := marketplace.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (marketplace *Marketplace) TryPackToken() ([]byte, error) {
	return marketplace.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (marketplace *Marketplace) UnpackToken(data []byte) (common.Address, error) {
	out, err := marketplace.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdc29f1de.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function topUp() view returns(uint48)
func (marketplace *Marketplace) PackTopUp() []byte {
	enc, err := marketplace.abi.Pack("topUp")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdc29f1de.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function topUp() view returns(uint48)
func (marketplace *Marketplace) TryPackTopUp() ([]byte, error) {
	return marketplace.abi.Pack("topUp")
}

// UnpackTopUp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdc29f1de.
//
// Solidity: function topUp() view returns(uint48)
func (marketplace *Marketplace) UnpackTopUp(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("topUp", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc038a38e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totals() view returns(uint64 locked, uint64 paid, uint64 fees, uint64 refunded)
func (marketplace *Marketplace) PackTotals() []byte {
	enc, err := marketplace.abi.Pack("totals")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotals is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc038a38e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totals() view returns(uint64 locked, uint64 paid, uint64 fees, uint64 refunded)
func (marketplace *Marketplace) TryPackTotals() ([]byte, error) {
	return marketplace.abi.Pack("totals")
}

// TotalsOutput serves as a container for the return parameters of contract
// method Totals.
type TotalsOutput struct {
	Locked   uint64
	Paid     uint64
	Fees     uint64
	Refunded uint64
}

// UnpackTotals is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc038a38e.
//
// Solidity: function totals() view returns(uint64 locked, uint64 paid, uint64 fees, uint64 refunded)
func (marketplace *Marketplace) UnpackTotals(data []byte) (TotalsOutput, error) {
	out, err := marketplace.abi.Unpack("totals", data)
	outstruct := new(TotalsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Locked = *abi.ConvertType(out[0], new(uint64)).(*uint64)
	outstruct.Paid = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.Fees = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	outstruct.Refunded = *abi.ConvertType(out[3], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf5bc95ba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unbond(address account, uint64 amount) returns()
func (marketplace *Marketplace) PackUnbond(account common.Address, amount uint64) []byte {
	enc, err := marketplace.abi.Pack("unbond", account, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf5bc95ba.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unbond(address account, uint64 amount) returns()
func (marketplace *Marketplace) TryPackUnbond(account common.Address, amount uint64) ([]byte, error) {
	return marketplace.abi.Pack("unbond", account, amount)
}

// PackUnbondingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb7dd35a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unbondingDelay() view returns(uint48)
func (marketplace *Marketplace) PackUnbondingDelay() []byte {
	enc, err := marketplace.abi.Pack("unbondingDelay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnbondingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb7dd35a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unbondingDelay() view returns(uint48)
func (marketplace *Marketplace) TryPackUnbondingDelay() ([]byte, error) {
	return marketplace.abi.Pack("unbondingDelay")
}

// UnpackUnbondingDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb7dd35a.
//
// Solidity: function unbondingDelay() view returns(uint48)
func (marketplace *Marketplace) UnpackUnbondingDelay(data []byte) (*big.Int, error) {
	out, err := marketplace.abi.Unpack("unbondingDelay", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackUnreserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6e84a64.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unreserve(bytes32 id) returns()
func (marketplace *Marketplace) PackUnreserve(id [32]byte) []byte {
	enc, err := marketplace.abi.Pack("unreserve", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnreserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6e84a64.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unreserve(bytes32 id) returns()
func (marketplace *Marketplace) TryPackUnreserve(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("unreserve", id)
}

// PackWithdrawEarned is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b2c5c42.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawEarned(address account) returns()
func (marketplace *Marketplace) PackWithdrawEarned(account common.Address) []byte {
	enc, err := marketplace.abi.Pack("withdrawEarned", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawEarned is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b2c5c42.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawEarned(address account) returns()
func (marketplace *Marketplace) TryPackWithdrawEarned(account common.Address) ([]byte, error) {
	return marketplace.abi.Pack("withdrawEarned", account)
}

// PackWithdrawStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc23a5cea.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawStake(address account) returns()
func (marketplace *Marketplace) PackWithdrawStake(account common.Address) []byte {
	enc, err := marketplace.abi.Pack("withdrawStake", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc23a5cea.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawStake(address account) returns()
func (marketplace *Marketplace) TryPackWithdrawStake(account common.Address) ([]byte, error) {
	return marketplace.abi.Pack("withdrawStake", account)
}

// PackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69c00810.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint40,uint32,uint24,uint24,bool,uint64,address,uint8,uint48)[] out)
func (marketplace *Marketplace) PackWorkers(accounts []common.Address) []byte {
	enc, err := marketplace.abi.Pack("workers", accounts)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69c00810.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint40,uint32,uint24,uint24,bool,uint64,address,uint8,uint48)[] out)
func (marketplace *Marketplace) TryPackWorkers(accounts []common.Address) ([]byte, error) {
	return marketplace.abi.Pack("workers", accounts)
}

// UnpackWorkers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x69c00810.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint40,uint32,uint24,uint24,bool,uint64,address,uint8,uint48)[] out)
func (marketplace *Marketplace) UnpackWorkers(data []byte) ([]RegistryWorker, error) {
	out, err := marketplace.abi.Unpack("workers", data)
	if err != nil {
		return *new([]RegistryWorker), err
	}
	out0 := *abi.ConvertType(out[0], new([]RegistryWorker)).(*[]RegistryWorker)
	return out0, nil
}

// MarketplaceAnchored represents a Anchored event raised by the Marketplace contract.
type MarketplaceAnchored struct {
	Job     [32]byte
	Award   [32]byte
	Seating []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceAnchoredEventName = "Anchored"

// ContractEventName returns the user-defined event name.
func (MarketplaceAnchored) ContractEventName() string {
	return MarketplaceAnchoredEventName
}

// UnpackAnchoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Anchored(bytes32 indexed job, bytes32 indexed award, bytes seating)
func (marketplace *Marketplace) UnpackAnchoredEvent(log *types.Log) (*MarketplaceAnchored, error) {
	event := "Anchored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceAnchored)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceConvicted represents a Convicted event raised by the Marketplace contract.
type MarketplaceConvicted struct {
	Job      [32]byte
	Task     uint32
	Account  common.Address
	Amount   uint64
	Reporter common.Address
	Reward   uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const MarketplaceConvictedEventName = "Convicted"

// ContractEventName returns the user-defined event name.
func (MarketplaceConvicted) ContractEventName() string {
	return MarketplaceConvictedEventName
}

// UnpackConvictedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Convicted(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount, address reporter, uint64 reward)
func (marketplace *Marketplace) UnpackConvictedEvent(log *types.Log) (*MarketplaceConvicted, error) {
	event := "Convicted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceConvicted)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceFeesCollected represents a FeesCollected event raised by the Marketplace contract.
type MarketplaceFeesCollected struct {
	Treasury common.Address
	Amount   uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const MarketplaceFeesCollectedEventName = "FeesCollected"

// ContractEventName returns the user-defined event name.
func (MarketplaceFeesCollected) ContractEventName() string {
	return MarketplaceFeesCollectedEventName
}

// UnpackFeesCollectedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FeesCollected(address indexed treasury, uint64 amount)
func (marketplace *Marketplace) UnpackFeesCollectedEvent(log *types.Log) (*MarketplaceFeesCollected, error) {
	event := "FeesCollected"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceFeesCollected)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceFined represents a Fined event raised by the Marketplace contract.
type MarketplaceFined struct {
	Job     [32]byte
	Task    uint32
	Account common.Address
	Amount  uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceFinedEventName = "Fined"

// ContractEventName returns the user-defined event name.
func (MarketplaceFined) ContractEventName() string {
	return MarketplaceFinedEventName
}

// UnpackFinedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Fined(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount)
func (marketplace *Marketplace) UnpackFinedEvent(log *types.Log) (*MarketplaceFined, error) {
	event := "Fined"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceFined)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceGradedWork represents a GradedWork event raised by the Marketplace contract.
type MarketplaceGradedWork struct {
	Job     [32]byte
	Task    uint32
	Grade   *big.Int
	LateBps uint16
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceGradedWorkEventName = "GradedWork"

// ContractEventName returns the user-defined event name.
func (MarketplaceGradedWork) ContractEventName() string {
	return MarketplaceGradedWorkEventName
}

// UnpackGradedWorkEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event GradedWork(bytes32 indexed job, uint32 indexed task, uint96 grade, uint16 lateBps)
func (marketplace *Marketplace) UnpackGradedWorkEvent(log *types.Log) (*MarketplaceGradedWork, error) {
	event := "GradedWork"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceGradedWork)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceLocked represents a Locked event raised by the Marketplace contract.
type MarketplaceLocked struct {
	Job    [32]byte
	Owner  common.Address
	Budget uint64
	Terms  MarketplaceTerms
	Raw    *types.Log // Blockchain specific contextual infos
}

const MarketplaceLockedEventName = "Locked"

// ContractEventName returns the user-defined event name.
func (MarketplaceLocked) ContractEventName() string {
	return MarketplaceLockedEventName
}

// UnpackLockedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Locked(bytes32 indexed job, address indexed owner, uint64 budget, (uint32,uint16,uint16,uint64,uint64,uint16,bool) terms)
func (marketplace *Marketplace) UnpackLockedEvent(log *types.Log) (*MarketplaceLocked, error) {
	event := "Locked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceLocked)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplacePayoutSet represents a PayoutSet event raised by the Marketplace contract.
type MarketplacePayoutSet struct {
	Account common.Address
	Payout  common.Address
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplacePayoutSetEventName = "PayoutSet"

// ContractEventName returns the user-defined event name.
func (MarketplacePayoutSet) ContractEventName() string {
	return MarketplacePayoutSetEventName
}

// UnpackPayoutSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PayoutSet(address indexed account, address payout)
func (marketplace *Marketplace) UnpackPayoutSetEvent(log *types.Log) (*MarketplacePayoutSet, error) {
	event := "PayoutSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplacePayoutSet)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceRefunded represents a Refunded event raised by the Marketplace contract.
type MarketplaceRefunded struct {
	Job    [32]byte
	Owner  common.Address
	Amount uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const MarketplaceRefundedEventName = "Refunded"

// ContractEventName returns the user-defined event name.
func (MarketplaceRefunded) ContractEventName() string {
	return MarketplaceRefundedEventName
}

// UnpackRefundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Refunded(bytes32 indexed job, address indexed owner, uint64 amount)
func (marketplace *Marketplace) UnpackRefundedEvent(log *types.Log) (*MarketplaceRefunded, error) {
	event := "Refunded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceRefunded)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceRegistered represents a Registered event raised by the Marketplace contract.
type MarketplaceRegistered struct {
	Account common.Address
	Peer    [32]byte
	Added   uint64
	Stake   uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceRegisteredEventName = "Registered"

// ContractEventName returns the user-defined event name.
func (MarketplaceRegistered) ContractEventName() string {
	return MarketplaceRegisteredEventName
}

// UnpackRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Registered(address indexed account, bytes32 indexed peer, uint64 added, uint64 stake)
func (marketplace *Marketplace) UnpackRegisteredEvent(log *types.Log) (*MarketplaceRegistered, error) {
	event := "Registered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceRegistered)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceRoleSet represents a RoleSet event raised by the Marketplace contract.
type MarketplaceRoleSet struct {
	Account common.Address
	Role    uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceRoleSetEventName = "RoleSet"

// ContractEventName returns the user-defined event name.
func (MarketplaceRoleSet) ContractEventName() string {
	return MarketplaceRoleSetEventName
}

// UnpackRoleSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event RoleSet(address indexed account, uint8 role)
func (marketplace *Marketplace) UnpackRoleSetEvent(log *types.Log) (*MarketplaceRoleSet, error) {
	event := "RoleSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceRoleSet)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceSettled represents a Settled event raised by the Marketplace contract.
type MarketplaceSettled struct {
	Job    [32]byte
	Task   uint32
	Digest [32]byte
	Seats  uint64
	Pay    uint64
	Fee    uint64
	Raw    *types.Log // Blockchain specific contextual infos
}

const MarketplaceSettledEventName = "Settled"

// ContractEventName returns the user-defined event name.
func (MarketplaceSettled) ContractEventName() string {
	return MarketplaceSettledEventName
}

// UnpackSettledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Settled(bytes32 indexed job, uint32 indexed task, bytes32 digest, uint64 seats, uint64 pay, uint64 fee)
func (marketplace *Marketplace) UnpackSettledEvent(log *types.Log) (*MarketplaceSettled, error) {
	event := "Settled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceSettled)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceSlashed represents a Slashed event raised by the Marketplace contract.
type MarketplaceSlashed struct {
	Account  common.Address
	Amount   uint64
	Reporter common.Address
	Reward   uint64
	Treasury common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const MarketplaceSlashedEventName = "Slashed"

// ContractEventName returns the user-defined event name.
func (MarketplaceSlashed) ContractEventName() string {
	return MarketplaceSlashedEventName
}

// UnpackSlashedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Slashed(address indexed account, uint64 amount, address indexed reporter, uint64 reward, address treasury)
func (marketplace *Marketplace) UnpackSlashedEvent(log *types.Log) (*MarketplaceSlashed, error) {
	event := "Slashed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceSlashed)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceToppedUp represents a ToppedUp event raised by the Marketplace contract.
type MarketplaceToppedUp struct {
	Job   [32]byte
	Task  uint32
	Seats uint64
	Pay   uint64
	Fee   uint64
	Raw   *types.Log // Blockchain specific contextual infos
}

const MarketplaceToppedUpEventName = "ToppedUp"

// ContractEventName returns the user-defined event name.
func (MarketplaceToppedUp) ContractEventName() string {
	return MarketplaceToppedUpEventName
}

// UnpackToppedUpEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ToppedUp(bytes32 indexed job, uint32 indexed task, uint64 seats, uint64 pay, uint64 fee)
func (marketplace *Marketplace) UnpackToppedUpEvent(log *types.Log) (*MarketplaceToppedUp, error) {
	event := "ToppedUp"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceToppedUp)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceUnbonding represents a Unbonding event raised by the Marketplace contract.
type MarketplaceUnbonding struct {
	Account   common.Address
	Amount    uint64
	Unbonding uint64
	Release   *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const MarketplaceUnbondingEventName = "Unbonding"

// ContractEventName returns the user-defined event name.
func (MarketplaceUnbonding) ContractEventName() string {
	return MarketplaceUnbondingEventName
}

// UnpackUnbondingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unbonding(address indexed account, uint64 amount, uint64 unbonding, uint48 release)
func (marketplace *Marketplace) UnpackUnbondingEvent(log *types.Log) (*MarketplaceUnbonding, error) {
	event := "Unbonding"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceUnbonding)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceVerified represents a Verified event raised by the Marketplace contract.
type MarketplaceVerified struct {
	Account  common.Address
	Verified bool
	Raw      *types.Log // Blockchain specific contextual infos
}

const MarketplaceVerifiedEventName = "Verified"

// ContractEventName returns the user-defined event name.
func (MarketplaceVerified) ContractEventName() string {
	return MarketplaceVerifiedEventName
}

// UnpackVerifiedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Verified(address indexed account, bool verified)
func (marketplace *Marketplace) UnpackVerifiedEvent(log *types.Log) (*MarketplaceVerified, error) {
	event := "Verified"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceVerified)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// MarketplaceWithdrawn represents a Withdrawn event raised by the Marketplace contract.
type MarketplaceWithdrawn struct {
	Account common.Address
	Payout  common.Address
	Earned  uint64
	Stake   uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (MarketplaceWithdrawn) ContractEventName() string {
	return MarketplaceWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed account, address payout, uint64 earned, uint64 stake)
func (marketplace *Marketplace) UnpackWithdrawnEvent(log *types.Log) (*MarketplaceWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceWithdrawn)
	if len(log.Data) > 0 {
		if err := marketplace.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range marketplace.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (marketplace *Marketplace) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], marketplace.abi.Errors["AlreadySettled"].ID.Bytes()[:4]) {
		return marketplace.UnpackAlreadySettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["AlreadySlashed"].ID.Bytes()[:4]) {
		return marketplace.UnpackAlreadySlashedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["AwardExists"].ID.Bytes()[:4]) {
		return marketplace.UnpackAwardExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadAward"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadAwardError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadConfig"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadConfigError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadEvidence"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadEvidenceError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadPeer"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadPeerError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadRole"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadRoleError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadSignatures"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadSignaturesError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadTerms"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BudgetTooSmall"].ID.Bytes()[:4]) {
		return marketplace.UnpackBudgetTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["EscrowPaused"].ID.Bytes()[:4]) {
		return marketplace.UnpackEscrowPausedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["JobBatched"].ID.Bytes()[:4]) {
		return marketplace.UnpackJobBatchedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["JobClosed"].ID.Bytes()[:4]) {
		return marketplace.UnpackJobClosedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["JobExists"].ID.Bytes()[:4]) {
		return marketplace.UnpackJobExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["JobExpired"].ID.Bytes()[:4]) {
		return marketplace.UnpackJobExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NoAward"].ID.Bytes()[:4]) {
		return marketplace.UnpackNoAwardError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NoJob"].ID.Bytes()[:4]) {
		return marketplace.UnpackNoJobError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NoQuorum"].ID.Bytes()[:4]) {
		return marketplace.UnpackNoQuorumError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NoSuchTask"].ID.Bytes()[:4]) {
		return marketplace.UnpackNoSuchTaskError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotCommitted"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotCommittedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotContradicted"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotContradictedError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotForBatches"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotForBatchesError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotRegistered"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotRegisteredError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NothingToWithdraw"].ID.Bytes()[:4]) {
		return marketplace.UnpackNothingToWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyArbiters"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyArbitersError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyBatches"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyBatchesError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyOwner"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyPayout"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyPayoutError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyToken"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OnlyVerifier"].ID.Bytes()[:4]) {
		return marketplace.UnpackOnlyVerifierError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["OtherSeats"].ID.Bytes()[:4]) {
		return marketplace.UnpackOtherSeatsError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["RefundTooEarly"].ID.Bytes()[:4]) {
		return marketplace.UnpackRefundTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return marketplace.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["StakeMismatch"].ID.Bytes()[:4]) {
		return marketplace.UnpackStakeMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["StakeTooSmall"].ID.Bytes()[:4]) {
		return marketplace.UnpackStakeTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["StillUnbonding"].ID.Bytes()[:4]) {
		return marketplace.UnpackStillUnbondingError(raw[4:])
	}
	if bytes.Equal(raw[:4], marketplace.abi.Errors["TopUpOpen"].ID.Bytes()[:4]) {
		return marketplace.UnpackTopUpOpenError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// MarketplaceAlreadySettled represents a AlreadySettled error raised by the Marketplace contract.
type MarketplaceAlreadySettled struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadySettled()
func MarketplaceAlreadySettledErrorID() common.Hash {
	return common.HexToHash("0x560ff9008ab0d89403f103ee2cd475e901636532247fbd507d24749c29264d99")
}

// UnpackAlreadySettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadySettled()
func (marketplace *Marketplace) UnpackAlreadySettledError(raw []byte) (*MarketplaceAlreadySettled, error) {
	out := new(MarketplaceAlreadySettled)
	if err := marketplace.abi.UnpackIntoInterface(out, "AlreadySettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceAlreadySlashed represents a AlreadySlashed error raised by the Marketplace contract.
type MarketplaceAlreadySlashed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadySlashed()
func MarketplaceAlreadySlashedErrorID() common.Hash {
	return common.HexToHash("0x372337622103a0209072252ceb796cb70404e3469ff66b2d9ee1092b1eb82de6")
}

// UnpackAlreadySlashedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadySlashed()
func (marketplace *Marketplace) UnpackAlreadySlashedError(raw []byte) (*MarketplaceAlreadySlashed, error) {
	out := new(MarketplaceAlreadySlashed)
	if err := marketplace.abi.UnpackIntoInterface(out, "AlreadySlashed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceAwardExists represents a AwardExists error raised by the Marketplace contract.
type MarketplaceAwardExists struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AwardExists()
func MarketplaceAwardExistsErrorID() common.Hash {
	return common.HexToHash("0x00b47a0f810d57a85a50cb689d649e33d91d1e2af3a5b579789f28c631962828")
}

// UnpackAwardExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AwardExists()
func (marketplace *Marketplace) UnpackAwardExistsError(raw []byte) (*MarketplaceAwardExists, error) {
	out := new(MarketplaceAwardExists)
	if err := marketplace.abi.UnpackIntoInterface(out, "AwardExists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadAward represents a BadAward error raised by the Marketplace contract.
type MarketplaceBadAward struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadAward()
func MarketplaceBadAwardErrorID() common.Hash {
	return common.HexToHash("0x185c1dfff8b89e133c16355619833d3ce3fd6789278b7b51cac8156057ea63e4")
}

// UnpackBadAwardError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadAward()
func (marketplace *Marketplace) UnpackBadAwardError(raw []byte) (*MarketplaceBadAward, error) {
	out := new(MarketplaceBadAward)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadAward", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadConfig represents a BadConfig error raised by the Marketplace contract.
type MarketplaceBadConfig struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadConfig()
func MarketplaceBadConfigErrorID() common.Hash {
	return common.HexToHash("0x07cc321ce71a3eebb30014b3b8f136f5e867b17e2b76292bf086143aa7c7b50c")
}

// UnpackBadConfigError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadConfig()
func (marketplace *Marketplace) UnpackBadConfigError(raw []byte) (*MarketplaceBadConfig, error) {
	out := new(MarketplaceBadConfig)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadConfig", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadEvidence represents a BadEvidence error raised by the Marketplace contract.
type MarketplaceBadEvidence struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadEvidence()
func MarketplaceBadEvidenceErrorID() common.Hash {
	return common.HexToHash("0x57aa51cae9e2b30bfbe89d256846dd5dd5f968ae048d9214ca29b4359f48e900")
}

// UnpackBadEvidenceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadEvidence()
func (marketplace *Marketplace) UnpackBadEvidenceError(raw []byte) (*MarketplaceBadEvidence, error) {
	out := new(MarketplaceBadEvidence)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadEvidence", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadPeer represents a BadPeer error raised by the Marketplace contract.
type MarketplaceBadPeer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPeer()
func MarketplaceBadPeerErrorID() common.Hash {
	return common.HexToHash("0x4f41a6aac27ac299a020f9918dadaf0a9ccebdfc03ba13e7edfbd65c8d46f14b")
}

// UnpackBadPeerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPeer()
func (marketplace *Marketplace) UnpackBadPeerError(raw []byte) (*MarketplaceBadPeer, error) {
	out := new(MarketplaceBadPeer)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadPeer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadRole represents a BadRole error raised by the Marketplace contract.
type MarketplaceBadRole struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadRole()
func MarketplaceBadRoleErrorID() common.Hash {
	return common.HexToHash("0xd5c84cfb233f8ccc13b53b73ab1bcbc6e10a403631ba09b147240ef723b4360d")
}

// UnpackBadRoleError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadRole()
func (marketplace *Marketplace) UnpackBadRoleError(raw []byte) (*MarketplaceBadRole, error) {
	out := new(MarketplaceBadRole)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadRole", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadSignatures represents a BadSignatures error raised by the Marketplace contract.
type MarketplaceBadSignatures struct {
	Task uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignatures(uint32 task)
func MarketplaceBadSignaturesErrorID() common.Hash {
	return common.HexToHash("0x7252bfa7d8716a2cccef37fb588d4410f70d7a81e468df7da048a1f5baa3c64c")
}

// UnpackBadSignaturesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignatures(uint32 task)
func (marketplace *Marketplace) UnpackBadSignaturesError(raw []byte) (*MarketplaceBadSignatures, error) {
	out := new(MarketplaceBadSignatures)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadSignatures", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBadTerms represents a BadTerms error raised by the Marketplace contract.
type MarketplaceBadTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadTerms()
func MarketplaceBadTermsErrorID() common.Hash {
	return common.HexToHash("0x8dc599212cab654299a2bf31d0baab479b0ef032e5276a7206a05bbb2910ec06")
}

// UnpackBadTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadTerms()
func (marketplace *Marketplace) UnpackBadTermsError(raw []byte) (*MarketplaceBadTerms, error) {
	out := new(MarketplaceBadTerms)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceBudgetTooSmall represents a BudgetTooSmall error raised by the Marketplace contract.
type MarketplaceBudgetTooSmall struct {
	Budget *big.Int
	Needed *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BudgetTooSmall(uint256 budget, uint256 needed)
func MarketplaceBudgetTooSmallErrorID() common.Hash {
	return common.HexToHash("0xd49dd94345bd89874e86f02661a6b7918aaefb4e032f6e4de66c9de6abb57327")
}

// UnpackBudgetTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BudgetTooSmall(uint256 budget, uint256 needed)
func (marketplace *Marketplace) UnpackBudgetTooSmallError(raw []byte) (*MarketplaceBudgetTooSmall, error) {
	out := new(MarketplaceBudgetTooSmall)
	if err := marketplace.abi.UnpackIntoInterface(out, "BudgetTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceEscrowPaused represents a EscrowPaused error raised by the Marketplace contract.
type MarketplaceEscrowPaused struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error EscrowPaused()
func MarketplaceEscrowPausedErrorID() common.Hash {
	return common.HexToHash("0xef34f7ba0a66d611d8bd1c15be1675a5d8a70ab387edac7956a11679b552b640")
}

// UnpackEscrowPausedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error EscrowPaused()
func (marketplace *Marketplace) UnpackEscrowPausedError(raw []byte) (*MarketplaceEscrowPaused, error) {
	out := new(MarketplaceEscrowPaused)
	if err := marketplace.abi.UnpackIntoInterface(out, "EscrowPaused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceJobBatched represents a JobBatched error raised by the Marketplace contract.
type MarketplaceJobBatched struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobBatched()
func MarketplaceJobBatchedErrorID() common.Hash {
	return common.HexToHash("0x156290fdd6e30164073e733e72fa2db5d6801343233ec841df589f92b397ed4a")
}

// UnpackJobBatchedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobBatched()
func (marketplace *Marketplace) UnpackJobBatchedError(raw []byte) (*MarketplaceJobBatched, error) {
	out := new(MarketplaceJobBatched)
	if err := marketplace.abi.UnpackIntoInterface(out, "JobBatched", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceJobClosed represents a JobClosed error raised by the Marketplace contract.
type MarketplaceJobClosed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobClosed()
func MarketplaceJobClosedErrorID() common.Hash {
	return common.HexToHash("0x4a0be34b5deb51a1b6d17679e04a4bcaa2aa55e9fbf18fd448ea444dcedd75fb")
}

// UnpackJobClosedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobClosed()
func (marketplace *Marketplace) UnpackJobClosedError(raw []byte) (*MarketplaceJobClosed, error) {
	out := new(MarketplaceJobClosed)
	if err := marketplace.abi.UnpackIntoInterface(out, "JobClosed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceJobExists represents a JobExists error raised by the Marketplace contract.
type MarketplaceJobExists struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobExists()
func MarketplaceJobExistsErrorID() common.Hash {
	return common.HexToHash("0xf47d2b8865988dae0b3702ba763a0f25422d0811e3ac185886278f8a043bde0c")
}

// UnpackJobExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobExists()
func (marketplace *Marketplace) UnpackJobExistsError(raw []byte) (*MarketplaceJobExists, error) {
	out := new(MarketplaceJobExists)
	if err := marketplace.abi.UnpackIntoInterface(out, "JobExists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceJobExpired represents a JobExpired error raised by the Marketplace contract.
type MarketplaceJobExpired struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error JobExpired()
func MarketplaceJobExpiredErrorID() common.Hash {
	return common.HexToHash("0xef3ceaebe18b1d89ea235c4de8076aaa586a8ab5f8f7e9f7459b60ac75e4550a")
}

// UnpackJobExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error JobExpired()
func (marketplace *Marketplace) UnpackJobExpiredError(raw []byte) (*MarketplaceJobExpired, error) {
	out := new(MarketplaceJobExpired)
	if err := marketplace.abi.UnpackIntoInterface(out, "JobExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNoAward represents a NoAward error raised by the Marketplace contract.
type MarketplaceNoAward struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoAward()
func MarketplaceNoAwardErrorID() common.Hash {
	return common.HexToHash("0x6b23f54bb6b420a56acd98febc4107f42dcd53019840717dd805480bbd1219b8")
}

// UnpackNoAwardError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoAward()
func (marketplace *Marketplace) UnpackNoAwardError(raw []byte) (*MarketplaceNoAward, error) {
	out := new(MarketplaceNoAward)
	if err := marketplace.abi.UnpackIntoInterface(out, "NoAward", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNoJob represents a NoJob error raised by the Marketplace contract.
type MarketplaceNoJob struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoJob()
func MarketplaceNoJobErrorID() common.Hash {
	return common.HexToHash("0x977369279c484b5c94fa29c6054c64779634a307785f0795af8993d41763422c")
}

// UnpackNoJobError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoJob()
func (marketplace *Marketplace) UnpackNoJobError(raw []byte) (*MarketplaceNoJob, error) {
	out := new(MarketplaceNoJob)
	if err := marketplace.abi.UnpackIntoInterface(out, "NoJob", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNoQuorum represents a NoQuorum error raised by the Marketplace contract.
type MarketplaceNoQuorum struct {
	Task    uint32
	Counted *big.Int
	Named   *big.Int
	Quorum  uint16
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoQuorum(uint32 task, uint256 counted, uint256 named, uint16 quorum)
func MarketplaceNoQuorumErrorID() common.Hash {
	return common.HexToHash("0x91c02530e739b8b9590a9fd178aad3b35fbbc6926b2122b03d525cf96f4ceb81")
}

// UnpackNoQuorumError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoQuorum(uint32 task, uint256 counted, uint256 named, uint16 quorum)
func (marketplace *Marketplace) UnpackNoQuorumError(raw []byte) (*MarketplaceNoQuorum, error) {
	out := new(MarketplaceNoQuorum)
	if err := marketplace.abi.UnpackIntoInterface(out, "NoQuorum", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNoSuchTask represents a NoSuchTask error raised by the Marketplace contract.
type MarketplaceNoSuchTask struct {
	Task uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoSuchTask(uint32 task)
func MarketplaceNoSuchTaskErrorID() common.Hash {
	return common.HexToHash("0x1de87d614ddcc6c910e1885cdd391b9e68a9e7ae11b4872ae0a743018ae79922")
}

// UnpackNoSuchTaskError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoSuchTask(uint32 task)
func (marketplace *Marketplace) UnpackNoSuchTaskError(raw []byte) (*MarketplaceNoSuchTask, error) {
	out := new(MarketplaceNoSuchTask)
	if err := marketplace.abi.UnpackIntoInterface(out, "NoSuchTask", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNotCommitted represents a NotCommitted error raised by the Marketplace contract.
type MarketplaceNotCommitted struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotCommitted()
func MarketplaceNotCommittedErrorID() common.Hash {
	return common.HexToHash("0x81791cb43e68aa2787915f848c31dc1c72f0105a3515ef1351d4a682bdf3133c")
}

// UnpackNotCommittedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotCommitted()
func (marketplace *Marketplace) UnpackNotCommittedError(raw []byte) (*MarketplaceNotCommitted, error) {
	out := new(MarketplaceNotCommitted)
	if err := marketplace.abi.UnpackIntoInterface(out, "NotCommitted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNotContradicted represents a NotContradicted error raised by the Marketplace contract.
type MarketplaceNotContradicted struct {
	Task uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotContradicted(uint32 task)
func MarketplaceNotContradictedErrorID() common.Hash {
	return common.HexToHash("0x2a7df588f1d8f31dfc59eb05399206e77a1861fb17dae25cc01b46c1a4849034")
}

// UnpackNotContradictedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotContradicted(uint32 task)
func (marketplace *Marketplace) UnpackNotContradictedError(raw []byte) (*MarketplaceNotContradicted, error) {
	out := new(MarketplaceNotContradicted)
	if err := marketplace.abi.UnpackIntoInterface(out, "NotContradicted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNotForBatches represents a NotForBatches error raised by the Marketplace contract.
type MarketplaceNotForBatches struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotForBatches()
func MarketplaceNotForBatchesErrorID() common.Hash {
	return common.HexToHash("0xdbb55d74c00c0eaa2e4abdaffa9068d117546be9027c3758fdfe4b78b44f6022")
}

// UnpackNotForBatchesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotForBatches()
func (marketplace *Marketplace) UnpackNotForBatchesError(raw []byte) (*MarketplaceNotForBatches, error) {
	out := new(MarketplaceNotForBatches)
	if err := marketplace.abi.UnpackIntoInterface(out, "NotForBatches", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNotRegistered represents a NotRegistered error raised by the Marketplace contract.
type MarketplaceNotRegistered struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRegistered(address account)
func MarketplaceNotRegisteredErrorID() common.Hash {
	return common.HexToHash("0xbfc6c337a80b7b8201f77f0a2a54c6e5f7c6fd9124a749804a482fa16ee8a895")
}

// UnpackNotRegisteredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRegistered(address account)
func (marketplace *Marketplace) UnpackNotRegisteredError(raw []byte) (*MarketplaceNotRegistered, error) {
	out := new(MarketplaceNotRegistered)
	if err := marketplace.abi.UnpackIntoInterface(out, "NotRegistered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNotSettled represents a NotSettled error raised by the Marketplace contract.
type MarketplaceNotSettled struct {
	Task uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled(uint32 task)
func MarketplaceNotSettledErrorID() common.Hash {
	return common.HexToHash("0xa0ad82c833c687408d9d3501ce87eb003d091fde9559af08337e8827ddaca30b")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled(uint32 task)
func (marketplace *Marketplace) UnpackNotSettledError(raw []byte) (*MarketplaceNotSettled, error) {
	out := new(MarketplaceNotSettled)
	if err := marketplace.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceNothingToWithdraw represents a NothingToWithdraw error raised by the Marketplace contract.
type MarketplaceNothingToWithdraw struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToWithdraw()
func MarketplaceNothingToWithdrawErrorID() common.Hash {
	return common.HexToHash("0xd0d04f60bf4f7629141a1f00f5d2908fa0f3e15bf4cbf8bb8edc6fcbdf2509fa")
}

// UnpackNothingToWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToWithdraw()
func (marketplace *Marketplace) UnpackNothingToWithdrawError(raw []byte) (*MarketplaceNothingToWithdraw, error) {
	out := new(MarketplaceNothingToWithdraw)
	if err := marketplace.abi.UnpackIntoInterface(out, "NothingToWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyArbiters represents a OnlyArbiters error raised by the Marketplace contract.
type MarketplaceOnlyArbiters struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyArbiters()
func MarketplaceOnlyArbitersErrorID() common.Hash {
	return common.HexToHash("0x874290fddc385a56079eaafa6c58e1788fe2bfe763cbae1a33b0d207d1345b9b")
}

// UnpackOnlyArbitersError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyArbiters()
func (marketplace *Marketplace) UnpackOnlyArbitersError(raw []byte) (*MarketplaceOnlyArbiters, error) {
	out := new(MarketplaceOnlyArbiters)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyArbiters", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyBatches represents a OnlyBatches error raised by the Marketplace contract.
type MarketplaceOnlyBatches struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyBatches()
func MarketplaceOnlyBatchesErrorID() common.Hash {
	return common.HexToHash("0x30db9aa8819a911c7ff810a35620ce06ffb54655acab3967926a165b3ed396d2")
}

// UnpackOnlyBatchesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyBatches()
func (marketplace *Marketplace) UnpackOnlyBatchesError(raw []byte) (*MarketplaceOnlyBatches, error) {
	out := new(MarketplaceOnlyBatches)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyBatches", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyOwner represents a OnlyOwner error raised by the Marketplace contract.
type MarketplaceOnlyOwner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyOwner()
func MarketplaceOnlyOwnerErrorID() common.Hash {
	return common.HexToHash("0x5fc483c5fcd3811670a93392f365a32f0fc9e73013bbed53888646cfd592055f")
}

// UnpackOnlyOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyOwner()
func (marketplace *Marketplace) UnpackOnlyOwnerError(raw []byte) (*MarketplaceOnlyOwner, error) {
	out := new(MarketplaceOnlyOwner)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyPayout represents a OnlyPayout error raised by the Marketplace contract.
type MarketplaceOnlyPayout struct {
	Payout common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyPayout(address payout)
func MarketplaceOnlyPayoutErrorID() common.Hash {
	return common.HexToHash("0x2eb2e80b0a85579a8b5b4666934d98c7d2860342258b3f35d1e6dcc0eeacbb89")
}

// UnpackOnlyPayoutError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyPayout(address payout)
func (marketplace *Marketplace) UnpackOnlyPayoutError(raw []byte) (*MarketplaceOnlyPayout, error) {
	out := new(MarketplaceOnlyPayout)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyPayout", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyToken represents a OnlyToken error raised by the Marketplace contract.
type MarketplaceOnlyToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyToken()
func MarketplaceOnlyTokenErrorID() common.Hash {
	return common.HexToHash("0xf43c367c7cba1a03f1b783f3868db34ff82d40bb83f3f353b60cce5d6481fafb")
}

// UnpackOnlyTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyToken()
func (marketplace *Marketplace) UnpackOnlyTokenError(raw []byte) (*MarketplaceOnlyToken, error) {
	out := new(MarketplaceOnlyToken)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOnlyVerifier represents a OnlyVerifier error raised by the Marketplace contract.
type MarketplaceOnlyVerifier struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyVerifier()
func MarketplaceOnlyVerifierErrorID() common.Hash {
	return common.HexToHash("0x7a241b028c49b7fae5ba94af982d44c6df7e5ccbf2f06d557927a8b7d423a2f1")
}

// UnpackOnlyVerifierError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyVerifier()
func (marketplace *Marketplace) UnpackOnlyVerifierError(raw []byte) (*MarketplaceOnlyVerifier, error) {
	out := new(MarketplaceOnlyVerifier)
	if err := marketplace.abi.UnpackIntoInterface(out, "OnlyVerifier", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceOtherSeats represents a OtherSeats error raised by the Marketplace contract.
type MarketplaceOtherSeats struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OtherSeats()
func MarketplaceOtherSeatsErrorID() common.Hash {
	return common.HexToHash("0xac6cbd16b7f4007c72b4f29465279acfceb762867d4c1af9179e01021c257a96")
}

// UnpackOtherSeatsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OtherSeats()
func (marketplace *Marketplace) UnpackOtherSeatsError(raw []byte) (*MarketplaceOtherSeats, error) {
	out := new(MarketplaceOtherSeats)
	if err := marketplace.abi.UnpackIntoInterface(out, "OtherSeats", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceRefundTooEarly represents a RefundTooEarly error raised by the Marketplace contract.
type MarketplaceRefundTooEarly struct {
	Expiry uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RefundTooEarly(uint64 expiry)
func MarketplaceRefundTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x58ea33818e1c19e0c9dfc4ed1d9c471f1707e9195cad4b44fcc3240c42daf857")
}

// UnpackRefundTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RefundTooEarly(uint64 expiry)
func (marketplace *Marketplace) UnpackRefundTooEarlyError(raw []byte) (*MarketplaceRefundTooEarly, error) {
	out := new(MarketplaceRefundTooEarly)
	if err := marketplace.abi.UnpackIntoInterface(out, "RefundTooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Marketplace contract.
type MarketplaceSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func MarketplaceSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (marketplace *Marketplace) UnpackSafeERC20FailedOperationError(raw []byte) (*MarketplaceSafeERC20FailedOperation, error) {
	out := new(MarketplaceSafeERC20FailedOperation)
	if err := marketplace.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceStakeMismatch represents a StakeMismatch error raised by the Marketplace contract.
type MarketplaceStakeMismatch struct {
	Stake  *big.Int
	Added  *big.Int
	Wanted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeMismatch(uint256 stake, uint256 added, uint64 wanted)
func MarketplaceStakeMismatchErrorID() common.Hash {
	return common.HexToHash("0xf36d1546c7a683c90c1580e54ca22d969a71f28429466a54026056de721095ff")
}

// UnpackStakeMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeMismatch(uint256 stake, uint256 added, uint64 wanted)
func (marketplace *Marketplace) UnpackStakeMismatchError(raw []byte) (*MarketplaceStakeMismatch, error) {
	out := new(MarketplaceStakeMismatch)
	if err := marketplace.abi.UnpackIntoInterface(out, "StakeMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceStakeTooSmall represents a StakeTooSmall error raised by the Marketplace contract.
type MarketplaceStakeTooSmall struct {
	Stake  uint64
	Wanted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeTooSmall(uint64 stake, uint64 wanted)
func MarketplaceStakeTooSmallErrorID() common.Hash {
	return common.HexToHash("0x619f8a00391d58e6d522fc51a10ccf70ac0f8899825c264aebbd99b23ffe892e")
}

// UnpackStakeTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeTooSmall(uint64 stake, uint64 wanted)
func (marketplace *Marketplace) UnpackStakeTooSmallError(raw []byte) (*MarketplaceStakeTooSmall, error) {
	out := new(MarketplaceStakeTooSmall)
	if err := marketplace.abi.UnpackIntoInterface(out, "StakeTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceStillUnbonding represents a StillUnbonding error raised by the Marketplace contract.
type MarketplaceStillUnbonding struct {
	Release *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StillUnbonding(uint48 release)
func MarketplaceStillUnbondingErrorID() common.Hash {
	return common.HexToHash("0xb015252cb001242369f0074dba6ad1ccc5d3dadd8af7f363982d352514e541fe")
}

// UnpackStillUnbondingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StillUnbonding(uint48 release)
func (marketplace *Marketplace) UnpackStillUnbondingError(raw []byte) (*MarketplaceStillUnbonding, error) {
	out := new(MarketplaceStillUnbonding)
	if err := marketplace.abi.UnpackIntoInterface(out, "StillUnbonding", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MarketplaceTopUpOpen represents a TopUpOpen error raised by the Marketplace contract.
type MarketplaceTopUpOpen struct {
	Until uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TopUpOpen(uint64 until)
func MarketplaceTopUpOpenErrorID() common.Hash {
	return common.HexToHash("0x6fc0e7fa11de503415c843a14c1642ceb7bd835e27e01b71ae64e40aae96e4d2")
}

// UnpackTopUpOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TopUpOpen(uint64 until)
func (marketplace *Marketplace) UnpackTopUpOpenError(raw []byte) (*MarketplaceTopUpOpen, error) {
	out := new(MarketplaceTopUpOpen)
	if err := marketplace.abi.UnpackIntoInterface(out, "TopUpOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}
