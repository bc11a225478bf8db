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
	Head  MarketplaceHead
	Money MarketplaceMoney
	Panel MarketplacePanel
	Award [32]byte
	Seats [32]byte
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
	Release   *big.Int
	Completed *big.Int
	Faults    *big.Int
	Role      uint8
	Verified  bool
	Unbonding uint64
	Payout    common.Address
}

// MarketplaceMetaData contains all meta data concerning the Marketplace contract.
var MarketplaceMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"contractParameters\",\"name\":\"parameters_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"batches_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"arbiters_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"topUp_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadySettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadySlashed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seat\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"ask\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"}],\"name\":\"AskTooHigh\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AwardExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadEvidence\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadRole\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seats\",\"type\":\"uint256\"}],\"name\":\"BadSeatCount\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"BadSignatures\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"budget\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"needed\",\"type\":\"uint256\"}],\"name\":\"BudgetTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"EscrowPaused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InvalidShortString\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobBatched\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoJob\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"counted\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"named\",\"type\":\"uint256\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"}],\"name\":\"NoQuorum\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NoSuchTask\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotCommitted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotContradicted\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotForBatches\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyArbiters\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyBatches\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"OnlyPayout\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyVerifier\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherSeats\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"name\":\"RefundTooEarly\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"str\",\"type\":\"string\"}],\"name\":\"StringTooLong\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"TopUpOpen\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"name\":\"Convicted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[],\"name\":\"EIP712DomainChanged\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"FeesCollected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Fined\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"grade\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"}],\"name\":\"GradedWork\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"tasks\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"replicas\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"indexed\":false,\"internalType\":\"structMarketplace.Terms\",\"name\":\"terms\",\"type\":\"tuple\"}],\"name\":\"Locked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"PayoutSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"RoleSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"Verified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"ATTESTED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"BASE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"GRADED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REPLICAS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TASKS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TERM\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"REVEALED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"ROLES\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"SHARES\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"arbiters\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"}],\"name\":\"bank\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"batches\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"books\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"staked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"slashed\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawn\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"collected\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate[]\",\"name\":\"certificates\",\"type\":\"tuple[]\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commitments\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"blockNumber\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"costs\",\"type\":\"uint64\"}],\"name\":\"convict\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"}],\"name\":\"finish\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"job\",\"outputs\":[{\"components\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"expiry\",\"type\":\"uint48\"},{\"internalType\":\"uint16\",\"name\":\"tasks\",\"type\":\"uint16\"},{\"internalType\":\"uint8\",\"name\":\"quorum\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"replicas\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"}],\"internalType\":\"structMarketplace.Head\",\"name\":\"head\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"settled\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"narrow\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"batched\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"closed\",\"type\":\"bool\"},{\"internalType\":\"uint24\",\"name\":\"left\",\"type\":\"uint24\"}],\"internalType\":\"structMarketplace.Money\",\"name\":\"money\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"locked\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"anchored\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"internalType\":\"structMarketplace.Panel\",\"name\":\"panel\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"seats\",\"type\":\"bytes32\"}],\"internalType\":\"structMarketplace.Job\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"parameters\",\"outputs\":[{\"internalType\":\"contractParameters\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"payees\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"paid\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"replicas\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payoutOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"time\",\"type\":\"uint48\"}],\"name\":\"reserve\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"first\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"count\",\"type\":\"uint32\"}],\"name\":\"results\",\"outputs\":[{\"internalType\":\"bytes32[]\",\"name\":\"digests\",\"type\":\"bytes32[]\"},{\"internalType\":\"uint64[]\",\"name\":\"paid\",\"type\":\"uint64[]\"},{\"internalType\":\"uint64[]\",\"name\":\"fined\",\"type\":\"uint64[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"revealed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"setPayout\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"setRole\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"setVerified\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"signedBy\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"slash\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32[2]\",\"name\":\"digests\",\"type\":\"bytes32[2]\"},{\"internalType\":\"bytes[2]\",\"name\":\"signatures\",\"type\":\"bytes[2]\"}],\"name\":\"slashTwice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"slashed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"topUp\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totals\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"locked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"refunded\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"unreserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawEarned\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawStake\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"},{\"internalType\":\"uint40\",\"name\":\"completed\",\"type\":\"uint40\"},{\"internalType\":\"uint24\",\"name\":\"faults\",\"type\":\"uint24\"},{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Marketplace",
	Bin: "0x61024080604052346103225760e08161641880380380916100208285610326565b833981010312610322578051906001600160a01b0382168203610322576020810151906001600160a01b03821682036103225761005f6040820161035d565b9261006c6060830161035d565b9261007960808401610371565b9061009260c061008b60a08701610371565b9501610371565b906040516100a1604082610326565b600781526020810190660cee0eadacae6d60cb1b8252604051936100c6604086610326565b600185526020850193603160f81b855265ffffffffffff82168015908115610316575b506103075765ffffffffffff9760805260a0528560c05260e05261010c81610384565b6101a0526101198461052b565b6101c052519020918261016052519020806101805246610120526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261018460c082610326565b5190206101005230610140521665ffffffffffff821610156103075761022052610200526101e052604051615da8908161067082396080518181816102570152818161065601528181610c7a01528181610ee90152818161167d015281816128fc015281816130d6015281816144a80152614f87015260a0518181816105e9015281816113fc0152818161160a0152818161190601528181612e3d0152614277015260c05181818161035c01526108be015260e05181818161032c01528181610e1401528181611966015281816123450152818161258e015281816132b80152818161346901528181613690015261499401526101005181615afe01526101205181615bbb01526101405181615acf01526101605181615b4d01526101805181615b7301526101a0518161202601526101c0518161204f01526101e0518181816107a401528181610b2901528181610b7d01528181610cb9015261321d0152610200518181816105310152612d7501526102205181818161087c01526123e60152f35b6301f30c8760e21b5f5260045ffd5b6103e89150115f6100e9565b5f80fd5b601f909101601f19168101906001600160401b0382119082101761034957604052565b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b038216820361032257565b519065ffffffffffff8216820361032257565b908151602081105f146103fe575090601f8151116103be5760208151910151602082106103af571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fd5b6001600160401b03811161034957600254600181811c91168015610521575b602082101461050d57601f81116104ce575b50602092601f821160011461046d57928192935f92610462575b50508160011b915f199060031b1c19161760025560ff90565b015190505f80610449565b601f1982169360025f52805f20915f5b8681106104b6575083600195961061049e575b505050811b0160025560ff90565b01515f1960f88460031b161c191690555f8080610490565b9192602060018192868501518155019401920161047d565b8181111561042f5760025f5260205f20601f80840160051c809201920160051c03905f5b82811061050057505061042f565b5f828201556001016104f2565b634e487b7160e01b5f52602260045260245ffd5b90607f169061041d565b908151602081105f14610556575090601f8151116103be5760208151910151602082106103af571790565b6001600160401b03811161034957600354600181811c91168015610665575b602082101461050d57601f8111610626575b50602092601f82116001146105c557928192935f926105ba575b50508160011b915f199060031b1c19161760035560ff90565b015190505f806105a1565b601f1982169360035f52805f20915f5b86811061060e57508360019596106105f6575b505050811b0160035560ff90565b01515f1960f88460031b161c191690555f80806105e8565b919260206001819286850151815501940192016105d5565b818111156105875760035f5260205f20601f80840160051c809201920160051c03905f5b828110610658575050610587565b5f8282015560010161064a565b90607f169061057556fe610340806040526004361015610013575f80fd5b5f3560e01c90816305258376146139e35750806307f6af8a146138e25780630a3bd8ec1461360857806315d48db4146135ec5780632b2c5c42146134c75780632b80cceb1461348d5780633eaf5d9f1461344b5780634362d4a6146133ad578063536370b1146131e65780635c8fe4381461319c5780635f368c0914612d1a57806369c0081014612a925780636b51894714612a585780636da61d1e146129f75780636ec2fe2a146124e55780637249fbb6146122fd5780637c9029201461214c578063839df9451461212257806384b0196e1461200e57806388a7ca5c1461162e57806389035730146115eb578063923cb952146115d057806394c2c24f146115b55780639886bf6314611596578063998957f2146115405780639cf5c613146113b8578063a76a95871461137e578063b62eb7d914611338578063b9c0002b1461113c578063bba7228914610fbe578063c038a38e14610f6d578063c1254a5514610f50578063c23a5cea14610dc2578063c2fb1ceb14610cff578063c6e84a6414610c9e578063cfbf373f14610b4d578063cfdf677e14610b0a578063db371c60146108e2578063db7dd35a146108a0578063dc29f1de1461085e578063dfd9ac2a1461077e578063e1fa8e84146106de578063e522538114610555578063eaff29bb14610512578063ec342ad0146104f6578063f14fcbc8146104bd578063f429540c14610494578063f5bc95ba1461027f5763fc0c546a14610238575f80fd5b3461027b575f36600319011261027b5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b3461027b57604036600319011261027b57610298613a28565b6102a0613ad8565b906001600160a01b03811691825f52600160205260405f209182843303610484575b50506001600160401b0381168015801561046e575b610432576001600160401b0361030f60026001860195836102fb87828a5416613e4c565b168419885416178755019382855416613d2a565b166001600160401b031983541617825565ffffffffffff610352817f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b1665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016019165ffffffffffff831161041e57836001600160401b0365ffffffffffff926060957fffffffffffffffffffff000000000000ffffffffffffffffffffffffffffffff75ffffffffffff000000000000000000000000000000007f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a54899549260801b169116178093555416604051938452602084015260801c166040820152a2005b634e487b7160e01b5f52601160045260245ffd5b6001600160401b036001840154167f619f8a00000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50806001600160401b03600185015416106102d7565b61048d9161555e565b83826102c2565b3461027b5760206104b36104a736613a7d565b949390939291926140a8565b6040519015158152f35b3461027b57602036600319011261027b57600435805f52600860205260405f2054156104e557005b5f5260086020524360405f20555f80f35b3461027b575f36600319011261027b5760206040516127108152f35b3461027b575f36600319011261027b5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b575f36600319011261027b576001600160401b0360045460801c165f546105848160c01c8093613e4c565b916001600160401b0383169283156106b6576105c26001600160c01b03199177ffffffffffffffffffffffffffffffffffffffffffffffff93613d2a565b60c01b169116175f556040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156106ab5761067a926001600160a01b03915f9161067c575b505116807fe1a6173f00a91ed3df71c29ee9265959df5b160fccd21b409342b4fe33bbd6c06020604051858152a27f0000000000000000000000000000000000000000000000000000000000000000614cae565b005b61069e915060e03d60e0116106a4575b6106968183613c4a565b810190613f00565b84610626565b503d61068c565b6040513d5f823e3d90fd5b7fd0d04f60000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57602036600319011261027b57600435801561075657335f5260016020526001600160401b03600160405f208381540361074e575b015416604051905f825260208201527f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2260403392a3005b838155610717565b7f4f41a6aa000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57604036600319011261027b5760043561079a613ad8565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610836578161067a925f52600560205260405f206107e38161414f565b916001600160401b03612710610816826107ff60018701613d4a565b971680602089015261ffff60a08801511690613cd2565b0416604085015261ffff60408401511660608501525f60a0850152614d5e565b7f30db9aa8000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b575f36600319011261027b57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b575f36600319011261027b57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b57602036600319011261027b575f608060405161090281613bf8565b61090a614038565b815260405161091881613c13565b83815283602082015283604082015283606082015283838201528360a08201528360c08201528360e08201526020820152610951614038565b604082015282606082015201526004355f5260056020526102c060405f206040519061097c82613bf8565b61098581613fcc565b825261099360018201613d4a565b906020830191825260a06109a960028301613c6b565b6040850190815262ffffff60e06004600386015495606089019687520154956080880196875261ffff8560405199516001600160a01b038151168b5265ffffffffffff60208201511660208c01528260408201511660408c015260ff60608201511660608c015260ff60808201511660808c015201511685890152516001600160401b0381511660c08901526001600160401b03602082015116828901526001600160401b0360408201511661010089015261ffff6060820151166101208901526080810151151561014089015284810151151561016089015260c081015115156101808901520151166101a0860152516001600160401b038151166101c08601526001600160401b036020820151166101e086015263ffffffff60408201511661020086015263ffffffff60608201511661022086015261ffff6080820151166102408601520151151561026084015251610280830152516102a0820152f35b3461027b575f36600319011261027b5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b57604036600319011261027b576004356001600160401b03811680820361027b57610b7a613ad8565b917f0000000000000000000000000000000000000000000000000000000000000000906001600160a01b03821633036108365761067a93600454907fffffffffffffffff00000000000000000000000000000000ffffffffffffffff67ffffffffffffffff60801b610c3367ffffffffffffffff60401b610c07876001600160401b038860401c16613d2a565b60401b16936001600160401b03856fffffffffffffffff00000000000000001988161760801c16613d2a565b60801b169216171760045567ffffffffffffffff60801b1967ffffffffffffffff60801b610c6f5f54936001600160401b038560801c16613d2a565b60801b169116175f557f0000000000000000000000000000000000000000000000000000000000000000614cae565b3461027b57602036600319011261027b576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610836576004355f526005602052600160405f200160ff60d81b1981541690555f80f35b3461027b57604036600319011261027b57610d18613a28565b7f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc6020610d43613a54565b60026001600160a01b03851694855f5260018452610d6560405f20809261555e565b0180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b1691161790556001600160a01b0360405191168152a2005b3461027b57602036600319011261027b57610ddb613a28565b6001600160a01b038116805f52600160205260405f2091600283016001600160401b038154169384156106b657610e3a65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b65ffffffffffff600183015460801c16809110610f255750936001600160401b03926001600160a01b03610ee59361067a97861982541682555f5487610e8287828416613e4c565b1690881916175f55873303610f15575b505460401c1680610f0d5750935b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b03881681525f6020820152846040820152a25f613d2a565b16907f0000000000000000000000000000000000000000000000000000000000000000614cae565b905093610ea0565b610f1f908461555e565b88610e92565b7fb015252c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b3461027b575f36600319011261027b576020604051620100008152f35b3461027b575f36600319011261027b57600454604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c6060830152819081015b0390f35b3461027b57606036600319011261027b57600435610fda613a6a565b906044359163ffffffff831680930361027b579190610ff882613dd7565b916110066040519384613c4a565b80835261101281613dd7565b602084019190601f190136833761102881614076565b9461103282614076565b9363ffffffff5f9216915b8381106110aa5750505050604051938493606085019060608652518091526080850192905f5b81811061109157505050816110839185610fba9594036020870152613b56565b908382036040850152613b56565b8251855287965060209485019490920191600101611063565b600190825f999697989952600660205260405f206110c88286613dca565b5f5260205260405f20546001600160401b0381166110e68389613dee565b5267ffffffffffffffff19166110fc828b613dee565b52825f52600760205260405f206111138286613dca565b5f526020526001600160401b0360405f205416611130828a613dee565b5201969594939661103d565b3461027b57606036600319011261027b576004356024356001600160401b03811161027b5761116f9036906004016139fb565b91604435906001600160401b03821161027b57816004019360a0600319843603011261027b575f93825f52600560205260405f20936111ad85613fcc565b9460046111bb368686613ce5565b6020815191012091015403611310576111d387614027565b63ffffffff61ffff60408801511691161090811591611300575b506112c657611210918691611200614038565b606087019560ff87511690615148565b5061028051825191958693919260ff1683106112805760808501515f9060ff1688885b81151580611277575b15611267578119906001820180921161041e57611260918316809117921893614068565b9290611233565b6040908382519182526020820152f35b5082841061123c565b6084945061129861129260ff92614027565b94615533565b9151169163ffffffff6040519463091c025360e41b8652166004850152602484015260448301526064820152fd5b63ffffffff6112d487614027565b7f1de87d61000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b60649150013560401c15876111ed565b7fac6cbd16000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57606036600319011261027b576024356001600160401b03811161027b576104b361136d60209236906004016139fb565b611375613a3e565b91600435613f8b565b3461027b575f36600319011261027b5760206040517f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8152f35b3461027b57604036600319011261027b576113d1613a28565b6024359081151580920361027b5760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156106ab576001600160a01b039160c0915f91611521575b5001511633036114f9576001600160a01b031690815f52600160205260405f2054156114e65760207f04881682880396c5d7f330e192fcd4f8b3d4645842908712b7a005170b3120cc91835f5260018252600160405f200180547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff000000000000000000000000000000000000000000000000000000000000008460f81b169116179055604051908152a2005b5063bfc6c33760e01b5f5260045260245ffd5b7f7a241b02000000000000000000000000000000000000000000000000000000005f5260045ffd5b61153a915060e03d60e0116106a4576106968183613c4a565b85611438565b3461027b57606036600319011261027b57611559613a3e565b6004355f52600960205260405f206024355f526020526001600160a01b0360405f2091165f52602052602060ff60405f2054166040519015158152f35b3461027b575f36600319011261027b57602060405164075cd788008152f35b3461027b575f36600319011261027b57602060405160408152f35b3461027b575f36600319011261027b57602060405160038152f35b3461027b575f36600319011261027b5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b57608036600319011261027b57611647613a28565b61164f613a54565b6044356064356001600160401b03811161027b576116719036906004016139fb565b90936001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016331490811591611ff7575b50611fcf576040810361181957836040918101031261027b576001600160a01b036116d7602085359501613aee565b921691825f5260016020526001600160401b03600160405f200154166001600160401b036117058483613dca565b92168092036117e65750506001600160401b03168215610756576001600160401b037f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2291835f52600160205281600160405f20878154036117de575b836117a8575b015460408051938516845291169092166020820152a35b60206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b818101836117b98682845416613d2a565b1684198254161790555f54836117d186828416613d2a565b1690841916175f55611767565b878155611761565b82907ff36d1546000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b9280929381010391610100831261027b5760e0813593601f19011261027b576040519061184582613bc2565b602081013563ffffffff8116810361027b57825261186560408201613eba565b6020830190815261187860608301613eba565b6040840190815261188b60808401613aee565b906060850191825261189f60a08501613aee565b926080860193845260e06118b560c08701613eba565b9560a08801968752013595861515870361027b5760c081019687526040517f563e13ac0000000000000000000000000000000000000000000000000000000081526060816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156106ab575f5f915f93611f77575b50611f4f578a5f52600560205260405f20906001600160a01b03825416611f275761198c65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b8c15908115611f17575b8115611f03575b8115611ef5575b8115611ee0575b8115611ecf575b8115611eb9575b8115611e96575b508015611e86575b8015611e76575b611e4e576119fe6119f26001600160401b0389511663ffffffff87511690613cd2565b61ffff88511690613cd2565b9a61ffff82169b8c61271001806127101161041e57611a1c91613cd2565b61271081019081811161041e5761270f0190811161041e576127109004808210611e1f57506001600160a01b036040519e169d8e60208201528d604082015260408152611a6a606082613c4a565b60208151910120805f52600860205260405f20548015908115611e14575b50611dec575f52600860205260405f205f90556001600160401b03169a8d89518651908851928a5194604051611abd81613bdd565b82815265ffffffffffff8416602082015261ffff8516604082015260ff8616606082015260ff8716608082015260a0015286549560f01b7fffff00000000000000000000000000000000000000000000000000000000000016957fffffffff0000000000000000000000000000000000000000000000000000000016177fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060a01b79ffffffffffff000000000000000000000000000000000000000016177fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060d01b7bffff000000000000000000000000000000000000000000000000000016177dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060e01b60ff60e01b16179060e81b7dff00000000000000000000000000000000000000000000000000000000001617178155600181016001600160401b038b166001600160401b031982541617905585516001600160401b031691885161ffff16908a511515928360405192611c5884613bdd565b8684526001600160401b0316928360208201524363ffffffff166040820152606081015f905284608082015260a00152600201936001600160401b03166001600160401b0319855416178455611cd69084906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b82547fffffffffffff00000000000000000000ffffffffffffffffffffffffffffffff1673ffffffff000000000000000000000000000000004360801b161760c09190911b61ffff60c01b16178255815460ff60d01b191690151560d01b60ff60d01b16179055600454611d53896001600160401b038316613d2a565b6001600160401b0316906001600160401b031916176004556040519788525163ffffffff1660208801525161ffff1660408701525161ffff166060860152516001600160401b03166080850152516001600160401b031660a08401525161ffff1660c083015251151560e08201526101007f3a706dd2625ddb20dfa66eafeffd6f900c91a83da6900495cf5a63f558700cac91a361177e565b7f81791cb4000000000000000000000000000000000000000000000000000000005f5260045ffd5b90504311155f611a88565b907fd49dd943000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f8dc59921000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061271061ffff8a5116116119cf565b506001600160401b038b116119c8565b90506001600160401b0389511664075cd78800820180921161041e57118e6119c0565b8091506001600160401b038a51161115906119b9565b9050602061ffff88511611906119b2565b905061ffff86511661ffff88511610906119ab565b865161ffff161591506119a4565b905061100063ffffffff865116119061199d565b855163ffffffff16159150611996565b7ff47d2b88000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fef34f7ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b925050506060813d606011611fc7575b81611f9460609383613c4a565b8101031261027b578051801515810361027b57611fbf6040611fb860208501613edd565b9301613eec565b91908d611939565b3d9150611f87565b7ff43c367c000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506001600160a01b0380851691161415856116a8565b3461027b575f36600319011261027b576120c661204a7f00000000000000000000000000000000000000000000000000000000000000006157b4565b6120737f00000000000000000000000000000000000000000000000000000000000000006158f3565b60206120d4604051926120868385613c4a565b5f84525f3681376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e08588015260e0870190613b32565b908582036040870152613b32565b4660608501523060808501525f60a085015283810360c08501528180845192838152019301915f5b82811061210b57505050500390f35b8351855286955093810193928101926001016120fc565b3461027b57602036600319011261027b576004355f526008602052602060405f2054604051908152f35b3461027b5760c036600319011261027b57600435612168613a6a565b612170613a3e565b3660a41161027b5760a435926001600160401b03841161027b57836004019336604482011161027b575f9363ffffffff8116855b600281109687156122f1578160051b906121c36004838801018b613e6c565b92909160548403612262576001851490816122e3575b816122b1575b5061229e578260141161027b5781356bffffffffffffffffffffffff1981169a1561228a5761222b91606082901c6bffffffffffffffffffffffff169160c01c9060640135878b614fad565b8260341161027b576122559261224f8a936034601482013593603319019101613e9e565b91615072565b15612262576001016121a4565b7f57aa51ca000000000000000000000000000000000000000000000000000000005f5260045ffd5b634e487b7160e01b5f52603260045260245ffd5b8463054fbeb160e31b5f5260045260245ffd5b90508360141161027b576bffffffffffffffffffffffff19833516906bffffffffffffffffffffffff1916148c6121df565b6064356084351491506121d9565b61067a338886896141d3565b3461027b57602036600319011261027b57600435805f52600560205260405f206123268161414f565b61233260018301613d4a565b9160a08301516124bd5765ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016936123708542613cd2565b602084019065ffffffffffff825116809110612393575b505061067a9450614d5e565b61ffff60608701511661ffff604087015116145f14612455575061241361240c6123dd65ffffffffffff6001600160401b039451166407fffff80060e08a0151600b1b1690613e4c565b65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690613d2a565b9642613cd2565b95168095106124295761067a94505b8580612387565b847f6fc0e7fa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9550506001600160a01b0383511633148015906124a7575b61247b5761067a9450612422565b847f58ea3381000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5063ffffffff600283015460a01c16151561246d565b7f156290fd000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57606036600319011261027b576024356001600160401b03811161027b576125159036906004016139fb565b906044356001600160401b03811161027b57612535903690600401613b02565b916004355f52600560205260405f209361254e8561414f565b9161255b60018701613d4a565b9561256860028201613c6b565b9060a08801516124bd5763ffffffff606083015116156129cf576125b465ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b65ffffffffffff60208701511611156129a7576125d2368585613ce5565b6020815191012060048201540361131057602088015160408901516001600160401b0390811692911660605f805b8b82101561265757609e198b3603018260051b8c0135121561027b576126388a8a8f8a8f918d928860051b810135019460043561451f565b805161264c575050600180915b0190612600565b925090600190612645565b858d8686868e951561298a57506040519061267182613c2f565b600454906001600160401b038216835260208301958260401c6001600160401b0316875260408401918360801c6001600160401b03168352606085019360c01c845287516001600160401b031660208801516001600160401b03166126d591613d2a565b906126df91613e4c565b6001600160401b0316875260408601516001600160401b03169061270291613e4c565b81516001600160401b03169061271791613d2a565b6001600160401b031681525f956060860193845161ffff1660408a015161ffff16148061297e575b612920575b519051915192516001600160c01b031960c091821b1667ffffffffffffffff60801b608095861b81166001600160401b0394851667ffffffffffffffff60401b604097881b8116919091179190911792909217600455885160018901805460208c01518c8901519a517fffffffffffff000000000000000000000000000000000000000000000000000090921693909716929092179590961b909216939093179590941b909116939093179190921b61ffff60c01b161790555b6080820151600191909101805460a084015160c085015160e09586015179ffffffffffffffffffffffffffffffffffffffffffffffffffff90931660ff60d01b95151560d01b959095169490941760ff60d81b91151560d81b91909116179215159384901b60ff60e01b169290921760e89290921b7fffffff0000000000000000000000000000000000000000000000000000000000169190911790556128a157005b6001600160a01b038251166001600160401b036040519216918281527f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe8602060043592a3806128ec57005b6001600160a01b0361067a9251167f0000000000000000000000000000000000000000000000000000000000000000614cae565b9650916127fe939161ffff936001600160401b0361295861294b828b51168360208d01511690613e4c565b8260408c01511690613e4c565b99600160c08b01528161296e8c82885116613d2a565b1685529294965050919350612744565b5060808701511561273f565b80511561299957602081519101fd5b62560ff960e81b5f5260045ffd5b7fef3ceaeb000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f6b23f54b000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57602036600319011261027b576020612a12613a28565b6001600160a01b0381165f52600182526001600160a01b03600260405f20015460401c16908115612a50575b506001600160a01b0360405191168152f35b905082612a3e565b3461027b575f36600319011261027b5760206040517fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac40292218152f35b3461027b57602036600319011261027b576004356001600160401b03811161027b57612ac2903690600401613b02565b612acb81613dd7565b91612ad96040519384613c4a565b818352601f19612ae883613dd7565b015f5b818110612cc55750505f5b82811015612be1578060051b820135906001600160a01b03821680920361027b576001915f528160205260405f206001600160a01b03600260405192612b3b84613b92565b80548452858101546001600160401b03811660208601526001600160401b038160401c16604086015265ffffffffffff8160801c16606086015264ffffffffff8160b01c16608086015262ffffff8160d81c1660a086015260ff8160f01c1660c086015260f81c151560e085015201546001600160401b03811661010084015260401c16610120820152612bcf8287613dee565b52612bda8186613dee565b5001612af6565b836040518091602082016020835281518091526020604084019201905f5b818110612c0d575050500390f35b9193509160206101406001926001600160a01b036101208851805184526001600160401b038682015116868501526001600160401b03604082015116604085015265ffffffffffff606082015116606085015264ffffffffff608082015116608085015262ffffff60a08201511660a085015260ff60c08201511660c085015260e0810151151560e08501526001600160401b0361010082015116610100850152015116610120820152019401910191849392612bff565b602090604051612cd481613b92565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f61012082015282828801015201612aeb565b3461027b5760a036600319011261027b57600435612d36613a6a565b612d3e613a3e565b91606435926001600160a01b0384169081850361027b57608435916001600160401b0383169182840361027b576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361317457845f52600960205263ffffffff60405f20961695865f5260205260405f206001600160a01b0382165f5260205260ff60405f20541661314c576001600160a01b0390855f52600960205260405f20875f5260205260405f208282165f5260205260405f20600160ff198254161790551695865f52600160205260405f20918254156131395760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156106ab575f9161311a575b50600184019460026001600160401b038754169501612ea8612e996001600160401b0383541688613dca565b61ffff60408601511690613cd2565b61270f810180911161041e57612ef7612eee6001600160401b036127108194041698808a105f1461310f5783612edf8b8093613e4c565b1684198c5416178b5589613e4c565b82845416613e4c565b166001600160401b0319825416179055855496600162ffffff8960d81c16019662ffffff881161041e577fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c90569862ffffff60d81b1962ffffff60d81b60609a60d81b169116179055612ffb612f69613e02565b6001600160401b03612f7e8982845116613e4c565b168152602081016001600160401b03612f9a8a82845116613d2a565b1690528051602082015160408084015160609094015191901b67ffffffffffffffff60401b166001600160401b039092169190911760809290921b67ffffffffffffffff60801b169190911760c09190911b6001600160c01b031916175f55565b6001600160401b0361271061301761ffff8a8701511689613cd2565b0416916001600160401b0361302c8489613e4c565b161015613101575050835b6001600160a01b0382511693838b7f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a896040518a81526001600160401b038716998a60208301526040820152a384806130d0575b905085116130a9575b505060405192835260208301526040820152a4005b6001600160401b03610ee56001600160a01b036130c99451169287613e4c565b8880613094565b6130fa917f0000000000000000000000000000000000000000000000000000000000000000614cae565b8a8461308b565b61310a91613d2a565b613037565b83612edf8280613e4c565b613133915060e03d60e0116106a4576106968183613c4a565b89612e6d565b8763bfc6c33760e01b5f5260045260245ffd5b7f37233762000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f874290fd000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b575f36600319011261027b575f54604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b3461027b57606036600319011261027b576131ff613ad8565b6044359065ffffffffffff821680920361027b576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610836576004355f52600560205260405f209161325b8361414f565b916001840191600261326c84613d4a565b95015463ffffffff8160a01c16156129cf5760ff8160d01c1690811561339c575b506133745760a08501516124bd5761ffff606086015116612999576132e3906132de65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b613dca565b65ffffffffffff60208501511611156129a75761271061331661ffff60a06001600160401b038095169601511685613cd2565b0416916001600160401b0361332b8483613dca565b94511680941161336957815460ff60d81b19167b01000000000000000000000000000000000000000000000000000000178255604051838152602090f35b611e1f929150613dca565b7fdbb55d74000000000000000000000000000000000000000000000000000000005f5260045ffd5b61ffff915060c01c1615158661328d565b3461027b576133bb36613a7d565b91855f96959652600660205260405f2063ffffffff871690815f5260205260405f2054801561341f57821860401c1561340d5750906133fd92918487876140a8565b156122625761067a9233926141d3565b63054fbeb160e31b5f5260045260245ffd5b507fa0ad82c8000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b3461027b575f36600319011261027b57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461027b575f36600319011261027b5760206040517f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508152f35b3461027b57602036600319011261027b576134e0613a28565b6001600160a01b038116805f52600160205260405f209160018301926001600160401b03845460401c169384156106b65761067a946001600160401b03936001600160a01b036002610ee595856fffffffffffffffff0000000000000000195f9754169055855467ffffffffffffffff60801b1967ffffffffffffffff60801b61356f888c8560801c16613d2a565b60801b1691161786558833036135dd575b015460401c16801584146135d55750945b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0389168152846020820152856040820152a2613d2a565b905094613591565b6135e7818561555e565b613580565b3461027b575f36600319011261027b5760206040516110008152f35b3461027b57606036600319011261027b576024356004356044356001600160401b03811161027b5761363e9036906004016139fb565b90825f52600560205260405f206136548161414f565b90600281019161366383613c6b565b906001600160a01b0381511633036138ba5763ffffffff606083015116613893576136b665ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b65ffffffffffff60208301511611156129a757871561386b57601c860490601c8202828104601c148315171561041e5787149081159161385a575b508015613850575b613825575f5b8181106137c35750505091604091838760037fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b979601556004613743368786613ce5565b6020815191012091015580547fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff77ffffffff000000000000000000000000000000000000000063ffffffff431660a01b16911617905582825193849260208452816020850152848401375f828201840152601f01601f19168101030190a3005b6001600160401b03601c820287013560201c166001600160401b03845116908181116137f35750506001016136ff565b827f5e5b3c63000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b7fa78e3cf1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50604081116136f9565b60ff915060600151168110896136f1565b7f185c1dff000000000000000000000000000000000000000000000000000000005f5260045ffd5b7eb47a0f000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5fc483c5000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461027b57602036600319011261027b5760043560ff81169081810361027b57335f52600160205260405f2054156139d05760038210156139a857335f526001602052600160405f2001907fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7eff00000000000000000000000000000000000000000000000000000000000083549260f01b1691161790556040519081527f86ca834ed77043799de2a6c996fa4b79fadfb467b4694e233b20c43aa072821860203392a2005b7fd5c84cfb000000000000000000000000000000000000000000000000000000005f5260045ffd5b63bfc6c33760e01b5f523360045260245ffd5b3461027b575f36600319011261027b57806020809252f35b9181601f8401121561027b578235916001600160401b03831161027b576020838186019501011161027b57565b600435906001600160a01b038216820361027b57565b604435906001600160a01b038216820361027b57565b602435906001600160a01b038216820361027b57565b6024359063ffffffff8216820361027b57565b60a060031982011261027b576004359160243563ffffffff8116810361027b57916044356001600160a01b038116810361027b579160643591608435906001600160401b03821161027b57613ad4916004016139fb565b9091565b602435906001600160401b038216820361027b57565b35906001600160401b038216820361027b57565b9181601f8401121561027b578235916001600160401b03831161027b576020808501948460051b01011161027b57565b805180835260209291819084018484015e5f828201840152601f01601f1916010190565b90602080835192838152019201905f5b818110613b735750505090565b82516001600160401b0316845260209384019390920191600101613b66565b61014081019081106001600160401b03821117613bae57604052565b634e487b7160e01b5f52604160045260245ffd5b60e081019081106001600160401b03821117613bae57604052565b60c081019081106001600160401b03821117613bae57604052565b60a081019081106001600160401b03821117613bae57604052565b61010081019081106001600160401b03821117613bae57604052565b608081019081106001600160401b03821117613bae57604052565b90601f801991011681019081106001600160401b03821117613bae57604052565b90604051613c7881613bdd565b60a060ff8294546001600160401b03811684526001600160401b038160401c16602085015263ffffffff8160801c16604085015263ffffffff81841c16606085015261ffff8160c01c16608085015260d01c161515910152565b8181029291811591840414171561041e57565b9291926001600160401b038211613bae5760405191613d0e601f8201601f191660200184613c4a565b82948184528183011161027b578281602093845f960137010152565b906001600160401b03809116911601906001600160401b03821161041e57565b90604051613d5781613c13565b60e08193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015261ffff8160c01c16606084015260ff8160d01c161515608084015260ff8160d81c16151560a084015260ff81831c16151560c084015260e81c910152565b9190820180921161041e57565b6001600160401b038111613bae5760051b60200190565b805182101561228a5760209160051b010190565b60405190613e0f82613c2f565b8160605f546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015260c01c910152565b906001600160401b03809116911603906001600160401b03821161041e57565b903590601e198136030182121561027b57018035906001600160401b03821161027b5760200191813603831361027b57565b359060208110613eac575090565b5f199060200360031b1b1690565b359061ffff8216820361027b57565b51906001600160a01b038216820361027b57565b519061ffff8216820361027b57565b51906001600160401b038216820361027b57565b908160e091031261027b57613f8360c060405192613f1d84613bc2565b613f2681613ec9565b8452613f3460208201613edd565b6020850152613f4560408201613edd565b6040850152613f5660608201613edd565b6060850152613f6760808201613eec565b6080850152613f7860a08201613ec9565b60a085015201613ec9565b60c082015290565b6040831493919284613f9f575b5050505090565b80919293945060201161027b5761224f613fc3946020813593601f19019101613e9e565b5f808080613f98565b90604051613fd981613bdd565b60a08193546001600160a01b038116835265ffffffffffff81831c16602084015261ffff8160d01c16604084015260ff8160e01c16606084015260ff8160e81c16608084015260f01c910152565b3563ffffffff8116810361027b5790565b6040519061404582613bdd565b5f60a0838281528260208201528260408201528260608201528260808201520152565b5f19811461041e5760010190565b9061408082613dd7565b61408d6040519182613c4a565b828152809261409e601f1991613dd7565b0190602036910137565b6141479161414c969495939563ffffffff6040519260208401947f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8652604085015216606083015260808201526080815261410460a082613c4a565b51902061410f615ac5565b604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b613f8b565b90565b90614158614038565b5061416282613fcc565b916001600160a01b03835116156141ab576001015460e01c60ff1661418357565b7f4a0be34b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f97736927000000000000000000000000000000000000000000000000000000005f5260045ffd5b9091815f52600960205263ffffffff60405f20931692835f5260205260405f206001600160a01b0382165f5260205260ff60405f20541661314c576001600160a01b0390825f52600960205260405f20845f5260205260405f208282165f5260205260405f20600160ff198254161790551692835f52600160205260405f208054156144ff576040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156106ab575f926144de575b50600181019160026001600160401b0384541692016142e26142d36001600160401b0383541685613dca565b61ffff60408501511690613cd2565b61270f810180911161041e57614328612eee6001600160401b0361271081940416958087105f146144d35783614319888093613e4c565b16841989541617885586613e4c565b166001600160401b0319825416179055825493600162ffffff8660d81c16019362ffffff851161041e577fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c90569562ffffff60d81b1962ffffff60d81b60609760d81b1691161790556143cb61439a613e02565b6001600160401b036143af8682845116613e4c565b168152602081016001600160401b03612f9a8782845116613d2a565b6143fd5f6001600160401b036127106143eb61ffff898801511688613cd2565b04166143f78187613e4c565b50613d2a565b916001600160a01b03815116926001600160a01b03831692838b7f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a896040518a81526001600160401b038716998a60208301526040820152a384806144a2575b9050851161447b575b505060405192835260208301526040820152a4565b6001600160401b03610ee56001600160a01b0361449b9451169287613e4c565b5f80614466565b6144cc917f0000000000000000000000000000000000000000000000000000000000000000614cae565b5f8461445d565b836143198280613e4c565b6144f891925060e03d60e0116106a4576106968183613c4a565b905f6142a7565b8463bfc6c33760e01b5f5260045260245ffd5b9190820391821161041e57565b92909496939160c052610160526101005260609461453c85614027565b63ffffffff61ffff604087015116911610801590614ca0575b614c9257815f52600660205260405f2063ffffffff61457387614027565b165f5260205260405f2054958501356101a05285151580806101c052614c7a575b614c56576145b38582610100516101605160ff60608a01511687615148565b610180526102a05190946102805160ff60608301511681108015614c4e575b614bee57506145fa60ff6080830151166145f46001600160401b038b16615533565b90614512565b610140525f6102008190526101e08190525b6001600160401b0389161987166101e0511c151580614be2575b156148325760016001600160401b038a161988166101e0511c161561482c576001600160401b03601c6101e0510261010051013560201c1661012052601c6101e0510261010051013560601c5f52600160205260405f2060e052600160e0510154906146976101605160e0516159c3565b1561482457610180516147a1575b6146be610120516001600160401b038460401c16613d2a565b600164ffffffffff8460b01c16019064ffffffffff821161041e57614779937fffffffffff0000000000ffffffffffffffffffffffffffffffffffffffffffff7affffffffff0000000000000000000000000000000000000000000061475f9460b01b16911617600160e0510155600160e05101906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b60016101e0511b6102005117610200526101205190613d2a565b96614786610140516155b7565b610140525b6147976101e051614068565b6101e0529661460c565b6101805160401c6147fc575b6001610180516101e0511c16156146a55761ffff60806101605101511661271003612710811161041e576127106147f16001600160401b0392836101205116613cd2565b0416610120526146a5565b6001600160401b036148176101805160401c61012051613cd2565b60101c16610120526147ad565b97905061478b565b9661478b565b969193955091939661ffff608061016051015116151580614bcd575b80614b90575b6101c0519081614b84575b81614b7b575b50614b56576001600160401b0361271061488961ffff60a087015116838b16613cd2565b041660a052602060c051016001600160401b036148a98982845116613d2a565b169052604060c051016001600160401b036148c960a05182845116613d2a565b1690526001600160401b036102005191161760805261018051614af3575b845f52600660205260405f2063ffffffff61490183614027565b165f526020526080516001600160401b03196101a051161760405f20556101c051614a7757606060c051019061ffff8251169361ffff851461041e577f83e792f163c20884551ef927d31d5838d89ae60df4ccdac58162777b115565769562ffffff6149ba65ffffffffffff602063ffffffff986149db9861ffff600160809d011690520151166145f465ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613cd2565b600b1c1660e060c05101528560c0510191825115614a1d575b505050614027565b6001600160401b03604051966101a0518852816102005116602089015216604087015260a05160608701521693a3604051614a17602082613c4a565b5f815290565b61ffff87610160510151161591821592614a40575b5050151590525f80806149d3565b61014051151592509082614a58575b50505f80614a32565b614a709250610100519061016051908951191661575c565b5f80614a4f565b9250505061020051614a95575b505050604051614a17602082613c4a565b606063ffffffff614ac67f412e931ece982861979a110e7f5b756628db1f371c04a16fc9b137cd9299b25293614027565b6001600160401b0360405196816102005116885216602087015260a05160408701521693a35f8080614a84565b614afc81614027565b857f89f223dd6f9fdc94ffc369124b3db592c184a5e42ce0c7ca16d1ca1ce4786fa2604063ffffffff61ffff608061016051015116948251956bffffffffffffffffffffffff6101805116875260208701521693a36148e7565b5050505050505060405162560ff960e81b60208201526004815261414c602482613c4a565b9050155f614865565b6102005115915061485f565b50614bc885610100516101605160c05161018051610200516001600160401b0388168d63ffffffff614bc18c614027565b16906155c3565b614854565b506001600160401b036101805116151561484e565b50610140511515614626565b9596614c099195985060ff945060609350614c0f9250614027565b95615533565b920151169163ffffffff6040519463091c025360e41b60208701521660248501526044840152606483015260848201526084815261414c60a482613c4a565b5086156145d2565b50509250505060405162560ff960e81b60208201526004815261414c602482613c4a565b506001600160401b0380196101a05116871811614594565b63ffffffff6112d486614027565b508585013560401c15614555565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615614d3d575b60405215614d085750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516614d5557823b15153d15161690614cfd565b503d5f823e3d90fd5b9091927c01000000000000000000000000000000000000000000000000000000006001600160401b0382511691614e2f6001600160401b03614da860208401958287511690613e4c565b614e07826001614dc060408801948386511690613e4c565b9a8160c0890152019781808851161682198a5416178955511687906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b51855467ffffffffffffffff60801b1916911660801b67ffffffffffffffff60801b16178455565b606081015183547fffffffffffff0000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b61ffff60c01b161783556080810151835460ff60d01b191690151560d01b60ff60d01b1617835560a0810151835460ff60d81b191690151560d81b60ff60d81b161783557bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffff000000000000000000000000000000000000000000000000000000000060e0855493015160e81b1691161717905560045477ffffffffffffffffffffffffffffffffffffffffffffffff6001600160c01b0319614f23858460c01c613d2a565b60c01b169116176004556001600160a01b03835116907f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe860206001600160401b03604051951694858152a380614f77575050565b6001600160a01b03614fab9251167f0000000000000000000000000000000000000000000000000000000000000000614cae565b565b92909161414c9480155f1461501457506040519260208401947f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a50865260408501526060840152608083015260a082015260a0815261410460c082613c4a565b61410f615ac5565b91906040519360208501957fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac4029221875260408601526060850152608084015260a083015260c082015260c0815261506a60e082613c4a565b51902061500c565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316927f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411801561511b575b61511257601b9060ff1c019060ff821161041e576020935f9360ff60809460405194855216868401526040830152606082015282805260015afa156106ab576001600160a01b03805f51921691161490565b50505050505f90565b506001600160a01b038516156150c0565b35801515810361027b5790565b3561ffff8116810361027b5790565b92949193906102e05261024052610300525f610280525f6102a0525f610280525f6102a0525f9261517e6040610300510161512c565b1561552b576051925b61519a6080610300510161030051613e6c565b90505f61022052841561551757849004610220526151bb8461022051613cd2565b6151ce6080610300510161030051613e6c565b9190501480159061550a575b6154c65760e0604051610260526151f48161026051613c4a565b803661026051376040516103205261520f8161032051613c4a565b3661032051375f925f905f905f5b61022051811061528a575050505050505050506152406102e05161026051615a5a565b9069ffff000000000000000061525b60206103005101615139565b60401b169061526f6040610300510161512c565b61527557565b906152866102e05161032051615a5a565b1790565b61529d6080610300510161030051613e6c565b506152a88983613cd2565b016102c05260496102c051013560c01c6152c76040610300510161512c565b15615503575b69ffff00000000000000006152e760206103005101615139565b60401b161796601c61024051046102c051355f1a10156154c6576001600160a01b0316601c6102c051355f1a0287013560601c11156154c6576102c05180355f1a601c810288013560601c989160019081013560c01c90911c161580156154ab575b6154a2578460016102c051013560c01c14801590615498575b61543b575b90600191615394601c6102c051355f1a0289013560601c60296102c051013560096102c051013588615072565b158015615411575b61540b576153ac61028051614068565b610280526102c0516102a080519185013560c01c9182179052610260516153d39190615a16565b6153e26040610300510161512c565b6153ef575b505b0161521d565b6001600160401b03615405911661032051615a16565b5f6153e7565b506153e9565b50601c6102c051355f1a0288013560601c5f52826020526154358760405f206159c3565b1561539c565b92509250965080966001806102c051013560c01c9361548f61545f61030051614027565b6bffffffffffffffffffffffff861690846102c051013560c01c9063ffffffff6060610300510135911687614fad565b93909150615367565b5089811415615362565b506001906153e9565b5060016102c051013560c01c601c61024051041c1515615349565b63ffffffff6154d761030051614027565b7f7252bfa7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b505f6152cd565b50604061022051116151da565b634e487b7160e01b5f52601260045260245ffd5b604992615187565b90815f925b61553f5750565b915f19830183811161041e576155589316928391614068565b92615538565b6001600160a01b0360028193015460401c1680155f146155b057505b168033036155855750565b7f2eb2e80b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b905061557a565b801561041e575f190190565b9497509297949591845f52600760205260405f20845f526020526001600160401b0360405f20549182199084178b16161690811561574e578190865f52600760205260405f20865f526020521760405f205516958615615742575f945f5b88811c8015615714576001161561570b57601c8102840135906001600160401b038260601c9260201c16918b60401c806156ed575b5061ffff60808b01511661271003612710811161041e5761569f615699856001600160401b036127106156916156a696836156e89b16613cd2565b041690613e4c565b83615be1565b809a613d2a565b986001600160401b0360405191168152887f36284130b7d63e446afb4eb0fee0052c5ed18ad28a3bd17bccafa5da41b68621602063ffffffff8b1693a4614068565b615621565b615700906001600160401b039294613cd2565b60101c16915f615656565b6156e890614068565b5050975091505061573a9294506001600160401b03935060209150019282845116613e4c565b169052600190565b50505050925050505f90565b505050505050925050505f90565b9250905f5b83811c801561511257600116156157ab57601c810282013560601c5f5260016020526157908360405f206159c3565b6157a25761579d90614068565b615761565b50505050600190565b61579d90614068565b60ff81146158135760ff811690601f82116157eb57604051916157d8604084613c4a565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b506040515f6002548060011c91600182169182156158e9575b6020841083146158d55783855284929081156158b65750600114615857575b61414c92500382613c4a565b5060025f90815290917f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace5b81831061589a57505090602061414c9282010161584b565b6020919350806001915483858801015201910190918392615882565b6020925061414c94915060ff191682840152151560051b82010161584b565b634e487b7160e01b5f52602260045260245ffd5b92607f169261582c565b60ff81146159175760ff811690601f82116157eb57604051916157d8604084613c4a565b506040515f6003548060011c91600182169182156159b9575b6020841083146158d55783855284929081156158b6575060011461595a5761414c92500382613c4a565b5060035f90815290917fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b5b81831061599d57505090602061414c9282010161584b565b6020919350806001915483858801015201910190918392615985565b92607f1692615930565b600101546001600160401b036020830151166001600160401b038216101591826159ec57505090565b60a0015115915081156159fd575090565b905060f81c90565b90600781101561228a5760051b0190565b81905f925b615a2457505050565b615a5482615a328584615a05565b511892615a3f8584615a05565b5116938493615a4e8285615a05565b52614068565b92615a1b565b5f916001600160401b03916007805b615a74575050501790565b615a7d906155b7565b8094600184831c16155f14615ab257615a968284615a05565b5185161793615aa58284615a05565b511916945b949394615a69565b93615abd8284615a05565b511694615aaa565b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016301480615bb8575b15615b20577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a08152615bb260c082613c4a565b51902090565b507f00000000000000000000000000000000000000000000000000000000000000004614615af7565b6001600160a01b03165f52600160205260405f20600181016001600160401b03815460401c166001600160401b0384168181105f14615d9b57615c55615c28868094613e4c565b84546fffffffffffffffff0000000000000000191660409190911b67ffffffffffffffff60401b16178455565b6001600160401b03821614615d95579081615c76615d759361414c96613e4c565b916001600160401b0380808354169687828716105f14615d885781615cd387998a80995b6002615ca68383613e4c565b9601958587541697889116105f14615d7a57615ccd91615cc591613e4c565b9b8c92613e4c565b94613e4c565b168319825416179055166001600160401b0319825416179055615cf68483613d2a565b6001600160401b03615d0c5f5492828416613e4c565b167fffffffffffffffff0000000000000000ffffffffffffffff000000000000000067ffffffffffffffff60801b615d66615d478988613d2a565b67ffffffffffffffff198616851760801c6001600160401b0316613e4c565b60801b16921617175f55613d2a565b613d2a565b5050615ccd859b8c92613e4c565b81615cd3898a8099615c9a565b50505090565b615c55615c288380613e4c56",
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
// Solidity: constructor(address token_, address parameters_, address batches_, address arbiters_, uint48 unbondingDelay_, uint48 topUp_, uint48 tick_) returns()
func (marketplace *Marketplace) PackConstructor(token_ common.Address, parameters_ common.Address, batches_ common.Address, arbiters_ common.Address, unbondingDelay_ *big.Int, topUp_ *big.Int, tick_ *big.Int) []byte {
	enc, err := marketplace.abi.Pack("", token_, parameters_, batches_, arbiters_, unbondingDelay_, topUp_, tick_)
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
// Solidity: function anchor(bytes32 id, bytes32 award, bytes seats) returns()
func (marketplace *Marketplace) PackAnchor(id [32]byte, award [32]byte, seats []byte) []byte {
	enc, err := marketplace.abi.Pack("anchor", id, award, seats)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnchor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0a3bd8ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function anchor(bytes32 id, bytes32 award, bytes seats) returns()
func (marketplace *Marketplace) TryPackAnchor(id [32]byte, award [32]byte, seats []byte) ([]byte, error) {
	return marketplace.abi.Pack("anchor", id, award, seats)
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
// Solidity: function claim(bytes32 id, bytes seats, (uint32,uint16,bool,bytes32,bytes)[] certificates) returns()
func (marketplace *Marketplace) PackClaim(id [32]byte, seats []byte, certificates []MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("claim", id, seats, certificates)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ec2fe2a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(bytes32 id, bytes seats, (uint32,uint16,bool,bytes32,bytes)[] certificates) returns()
func (marketplace *Marketplace) TryPackClaim(id [32]byte, seats []byte, certificates []MarketplaceCertificate) ([]byte, error) {
	return marketplace.abi.Pack("claim", id, seats, certificates)
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

// PackMarketplaceDomain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (marketplace *Marketplace) PackMarketplaceDomain() []byte {
	enc, err := marketplace.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMarketplaceDomain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (marketplace *Marketplace) TryPackMarketplaceDomain() ([]byte, error) {
	return marketplace.abi.Pack("eip712Domain")
}

// MarketplaceDomainOutput serves as a container for the return parameters of contract
// method MarketplaceDomain.
type MarketplaceDomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackMarketplaceDomain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (marketplace *Marketplace) UnpackMarketplaceDomain(data []byte) (MarketplaceDomainOutput, error) {
	out, err := marketplace.abi.Unpack("eip712Domain", data)
	outstruct := new(MarketplaceDomainOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Fields = *abi.ConvertType(out[0], new([1]byte)).(*[1]byte)
	outstruct.Name = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Version = *abi.ConvertType(out[2], new(string)).(*string)
	outstruct.ChainId = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.VerifyingContract = *abi.ConvertType(out[4], new(common.Address)).(*common.Address)
	outstruct.Salt = *abi.ConvertType(out[5], new([32]byte)).(*[32]byte)
	outstruct.Extensions = *abi.ConvertType(out[6], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool),bytes32,bytes32))
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool),bytes32,bytes32))
func (marketplace *Marketplace) TryPackJob(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("job", id)
}

// UnpackJob is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb371c60.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint32,uint32,uint16,bool),bytes32,bytes32))
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
// Solidity: function payees(bytes32 id, bytes seats, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) PackPayees(id [32]byte, seats []byte, c MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("payees", id, seats, c)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayees is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9c0002b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payees(bytes32 id, bytes seats, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) TryPackPayees(id [32]byte, seats []byte, c MarketplaceCertificate) ([]byte, error) {
	return marketplace.abi.Pack("payees", id, seats, c)
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
// Solidity: function payees(bytes32 id, bytes seats, (uint32,uint16,bool,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
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
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid, uint64[] fined)
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
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid, uint64[] fined)
func (marketplace *Marketplace) TryPackResults(id [32]byte, first uint32, count uint32) ([]byte, error) {
	return marketplace.abi.Pack("results", id, first, count)
}

// ResultsOutput serves as a container for the return parameters of contract
// method Results.
type ResultsOutput struct {
	Digests [][32]byte
	Paid    []uint64
	Fined   []uint64
}

// UnpackResults is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbba72289.
//
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid, uint64[] fined)
func (marketplace *Marketplace) UnpackResults(data []byte) (ResultsOutput, error) {
	out, err := marketplace.abi.Unpack("results", data)
	outstruct := new(ResultsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Digests = *abi.ConvertType(out[0], new([][32]byte)).(*[][32]byte)
	outstruct.Paid = *abi.ConvertType(out[1], new([]uint64)).(*[]uint64)
	outstruct.Fined = *abi.ConvertType(out[2], new([]uint64)).(*[]uint64)
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
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint40,uint24,uint8,bool,uint64,address)[] out)
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
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint40,uint24,uint8,bool,uint64,address)[] out)
func (marketplace *Marketplace) TryPackWorkers(accounts []common.Address) ([]byte, error) {
	return marketplace.abi.Pack("workers", accounts)
}

// UnpackWorkers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x69c00810.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint40,uint24,uint8,bool,uint64,address)[] out)
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
	Job   [32]byte
	Award [32]byte
	Seats []byte
	Raw   *types.Log // Blockchain specific contextual infos
}

const MarketplaceAnchoredEventName = "Anchored"

// ContractEventName returns the user-defined event name.
func (MarketplaceAnchored) ContractEventName() string {
	return MarketplaceAnchoredEventName
}

// UnpackAnchoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Anchored(bytes32 indexed job, bytes32 indexed award, bytes seats)
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

// MarketplaceEIP712DomainChanged represents a EIP712DomainChanged event raised by the Marketplace contract.
type MarketplaceEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const MarketplaceEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (MarketplaceEIP712DomainChanged) ContractEventName() string {
	return MarketplaceEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (marketplace *Marketplace) UnpackEIP712DomainChangedEvent(log *types.Log) (*MarketplaceEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceEIP712DomainChanged)
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
	if bytes.Equal(raw[:4], marketplace.abi.Errors["AskTooHigh"].ID.Bytes()[:4]) {
		return marketplace.UnpackAskTooHighError(raw[4:])
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
	if bytes.Equal(raw[:4], marketplace.abi.Errors["BadSeatCount"].ID.Bytes()[:4]) {
		return marketplace.UnpackBadSeatCountError(raw[4:])
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
	if bytes.Equal(raw[:4], marketplace.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return marketplace.UnpackInvalidShortStringError(raw[4:])
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
	if bytes.Equal(raw[:4], marketplace.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return marketplace.UnpackStringTooLongError(raw[4:])
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

// MarketplaceAskTooHigh represents a AskTooHigh error raised by the Marketplace contract.
type MarketplaceAskTooHigh struct {
	Seat     *big.Int
	Ask      uint64
	MaxPrice uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice)
func MarketplaceAskTooHighErrorID() common.Hash {
	return common.HexToHash("0x5e5b3c632f5a126d1727313180877424a78496ce35561a8e136f13681b20446e")
}

// UnpackAskTooHighError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice)
func (marketplace *Marketplace) UnpackAskTooHighError(raw []byte) (*MarketplaceAskTooHigh, error) {
	out := new(MarketplaceAskTooHigh)
	if err := marketplace.abi.UnpackIntoInterface(out, "AskTooHigh", raw); err != nil {
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

// MarketplaceBadSeatCount represents a BadSeatCount error raised by the Marketplace contract.
type MarketplaceBadSeatCount struct {
	Seats *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSeatCount(uint256 seats)
func MarketplaceBadSeatCountErrorID() common.Hash {
	return common.HexToHash("0xa78e3cf1a0ced1d58fb91992e2edd709e70ba93cd4aeca3aa8d373d730a34477")
}

// UnpackBadSeatCountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSeatCount(uint256 seats)
func (marketplace *Marketplace) UnpackBadSeatCountError(raw []byte) (*MarketplaceBadSeatCount, error) {
	out := new(MarketplaceBadSeatCount)
	if err := marketplace.abi.UnpackIntoInterface(out, "BadSeatCount", raw); err != nil {
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

// MarketplaceInvalidShortString represents a InvalidShortString error raised by the Marketplace contract.
type MarketplaceInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func MarketplaceInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (marketplace *Marketplace) UnpackInvalidShortStringError(raw []byte) (*MarketplaceInvalidShortString, error) {
	out := new(MarketplaceInvalidShortString)
	if err := marketplace.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
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

// MarketplaceStringTooLong represents a StringTooLong error raised by the Marketplace contract.
type MarketplaceStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func MarketplaceStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (marketplace *Marketplace) UnpackStringTooLongError(raw []byte) (*MarketplaceStringTooLong, error) {
	out := new(MarketplaceStringTooLong)
	if err := marketplace.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
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
