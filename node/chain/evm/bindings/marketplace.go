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
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"contractParameters\",\"name\":\"parameters_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"batches_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"arbiters_\",\"type\":\"address\"},{\"internalType\":\"contractDraws\",\"name\":\"draws_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"topUp_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"epoch_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadySettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadySlashed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AwardExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadEvidence\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadRole\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"BadSignatures\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"budget\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"needed\",\"type\":\"uint256\"}],\"name\":\"BudgetTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"EscrowPaused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobBatched\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoJob\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"counted\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"named\",\"type\":\"uint256\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"}],\"name\":\"NoQuorum\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NoSuchTask\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotCommitted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotContradicted\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotForBatches\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyArbiters\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyBatches\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"OnlyPayout\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyVerifier\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherSeats\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"name\":\"RefundTooEarly\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"TopUpOpen\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"name\":\"Convicted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"FeesCollected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Fined\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"grade\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"}],\"name\":\"GradedWork\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"tasks\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"replicas\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"indexed\":false,\"internalType\":\"structMarketplace.Terms\",\"name\":\"terms\",\"type\":\"tuple\"}],\"name\":\"Locked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"PayoutSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Restored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"RoleSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"Verified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"ATTESTED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"BASE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"GRADED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REPLICAS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TASKS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TERM\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"REVEALED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"ROLES\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"SHARES\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"arbiters\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"}],\"name\":\"bank\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"batches\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"books\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"staked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"slashed\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawn\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"collected\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate[]\",\"name\":\"certificates\",\"type\":\"tuple[]\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"commitments\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"blockNumber\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"costs\",\"type\":\"uint64\"}],\"name\":\"convict\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"draws\",\"outputs\":[{\"internalType\":\"contractDraws\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"epoch\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"}],\"name\":\"finish\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"job\",\"outputs\":[{\"components\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"expiry\",\"type\":\"uint48\"},{\"internalType\":\"uint16\",\"name\":\"tasks\",\"type\":\"uint16\"},{\"internalType\":\"uint8\",\"name\":\"quorum\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"replicas\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"}],\"internalType\":\"structMarketplace.Head\",\"name\":\"head\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"settled\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"narrow\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"batched\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"closed\",\"type\":\"bool\"},{\"internalType\":\"uint24\",\"name\":\"left\",\"type\":\"uint24\"}],\"internalType\":\"structMarketplace.Money\",\"name\":\"money\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"locked\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"anchored\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"lateBps\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"drawn\",\"type\":\"bool\"}],\"internalType\":\"structMarketplace.Panel\",\"name\":\"panel\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"seating\",\"type\":\"bytes32\"}],\"internalType\":\"structMarketplace.Job\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"operator\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"parameters\",\"outputs\":[{\"internalType\":\"contractParameters\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"share\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"timed\",\"type\":\"bool\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"payees\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"paid\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"replicas\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payoutOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"time\",\"type\":\"uint48\"}],\"name\":\"reserve\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"restore\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"first\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"count\",\"type\":\"uint32\"}],\"name\":\"results\",\"outputs\":[{\"internalType\":\"uint256[]\",\"name\":\"outcomes\",\"type\":\"uint256[]\"},{\"internalType\":\"uint256[]\",\"name\":\"fined\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"revealed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"setPayout\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"setRole\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"setVerified\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"hash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"signedBy\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32[2]\",\"name\":\"digests\",\"type\":\"bytes32[2]\"},{\"internalType\":\"bytes[2]\",\"name\":\"signatures\",\"type\":\"bytes[2]\"}],\"name\":\"slashTwice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"slashed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"topUp\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totals\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"locked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"refunded\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"unreserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawEarned\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawStake\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"internalType\":\"uint40\",\"name\":\"completed\",\"type\":\"uint40\"},{\"internalType\":\"uint32\",\"name\":\"recent\",\"type\":\"uint32\"},{\"internalType\":\"uint24\",\"name\":\"epoch\",\"type\":\"uint24\"},{\"internalType\":\"uint24\",\"name\":\"faults\",\"type\":\"uint24\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Marketplace",
	Bin: "0x6101a0346102b357601f6162d638819003918201601f19168301916001600160401b038311848410176102b757808492610120946040528339810103126102b35780516001600160a01b03811681036102b35760208201516001600160a01b03811681036102b357610073604084016102cb565b92610080606082016102cb565b6080820151909390926001600160a01b03841684036102b3576100a560a084016102df565b906100b260c085016102df565b936100cc6101006100c560e084016102df565b92016102df565b9165ffffffffffff821680159081156102a7575b508015610280575b6102715765ffffffffffff9460805260a0528260c05260e052610100521665ffffffffffff821610156102715761018052610160526101405261012052604051615fe390816102f3823960805181818161040e015281816107e001528181610eaf01528181610ee00152818161110d01528181611abc01528181612ceb01528181614c9201528181614eff01526152c6015260a051818181610d0b015281816117a101528181611a4601528181611d5d0152818161513901526157e9015260c05181818161051e0152610995015260e0518181816104ee0152818161128301528181611dbe0152818161270e015281816129440152818161328101528181613495015281816136ce015281816142b0015261488c0152610100518181816119be015261426f015261012051818181610fc5015281816110ec015261421d01526101405181818161028a015281816107000152610c43015261016051818181611a020152818161334a015281816137a20152615b4001526101805181818161095201526127b00152f35b6301f30c8760e21b5f5260045ffd5b5065ffffffffffff8316801515908161029a575b506100e8565b6236ee809150105f610294565b6103e89150115f6100e0565b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b03821682036102b357565b519065ffffffffffff821682036102b35756fe6103a0806040526004361015610013575f80fd5b5f905f3560e01c9081630525837614613a1e5750806307f6af8a1461394d5780630a3bd8ec1461364557806315d48db4146136295780632b2c5c42146134f35780632b80cceb146134b95780633eaf5d9f14613477578063536370b1146131d75780635c8fe4381461318d57806369c0081014612e6f5780636b51894714612e345780636da61d1e14612dd85780636ec2fe2a146128995780637249fbb6146126c45780637c90292014612478578063839df9451461244e57806388a7ca5c14611a6a5780638903573014611a265780638ddc1680146119e2578063900cf0cf1461199f578063923cb9521461198357806394c2c24f146119675780639886bf6314611947578063998957f2146118f15780639cf5c6131461175c578063a76a958714611721578063b62eb7d9146116da578063b9c0002b146114f5578063bba7228914611414578063c038a38e146113c2578063c1254a55146113a4578063c23a5cea1461122f578063c2fb1ceb1461116a578063c6e84a6414611131578063cfbf373f14610fe9578063cfdf677e14610fa5578063d666035b14610bec578063db371c60146109b9578063db7dd35a14610976578063dc29f1de14610933578063dfd9ac2a146108a2578063e1fa8e8414610816578063e522538114610724578063eaff29bb146106e0578063ec342ad0146106c3578063f14fcbc814610688578063f429540c14610625578063f5bc95ba14610432578063fc0c546a146103ee5763fd4ec34414610245575f80fd5b346103eb5760803660031901126103eb57600435610261613aff565b610269613a79565b91606435926001600160401b038416908185036103e9576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633036103da577fda7872ffbe58ab36a859f6064323331e1e279bc4d43fd4627d2a379d4a79bbad916001600160a01b036020928589526007845263ffffffff60408a20971696878a528452604089208282165f52845260405f2060ff198154169055169586885260018352610374600160408a20016001600160401b038084818454160116166001600160401b031982541617815562ffffff80825460e01c165f19906001810160181c01011662ffffff60e01b1962ffffff60e01b83549260e01b169116179055565b8754907fffffffffffffffffffffffffffffffff0000000000000000000000000000000067ffffffffffffffff60401b6001600160401b03838186160116926001600160401b0384811987161760401c160360401b16921617178755604051908152a480f35b60048663874290fd60e01b8152fd5b855b80fd5b50346103eb57806003193601126103eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb5760403660031901126103eb5761044c613a63565b610454613aa5565b6001600160a01b038216918284526001602052604084209081843303610615575b50506001600160401b03821691821580156105ff575b6105c257600182016001600160401b036104a88382845416613e7f565b166001600160401b03198254161790556001600160401b036104d1600284019282845416613d04565b166001600160401b031982541617815565ffffffffffff610514817f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b1665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016019165ffffffffffff83116105ae57916001600160401b037f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a548949265ffffffffffff6003606096019316928365ffffffffffff19825416179055541660405192835260208301526040820152a280f35b602486634e487b7160e01b81526011600452fd5b604485846001600160401b036001860154167f619f8a00000000000000000000000000000000000000000000000000000000008352600452602452fd5b50826001600160401b036001840154161061048b565b61061e91615773565b5f81610475565b50346103eb5760a03660031901126103eb5761063f613aff565b90610648613a79565b90608435906001600160401b0382116103eb57602061067e858561066f3660048801613a36565b92909160643591600435614123565b6040519015158152f35b50346103eb5760203660031901126103eb5760043580825260066020526040822054156106b3575080f35b8152600660205243604082205580f35b50346103eb57806003193601126103eb5760206040516127108152f35b50346103eb57806003193601126103eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb57806003193601126103eb576001600160401b0360025460801c16908054916107568360c01c8092613e7f565b926001600160401b038416918215610807576001600160c01b0319610798610804959677ffffffffffffffffffffffffffffffffffffffffffffffff93613d04565b60c01b1691161783556107a96157cc565b6040518281527fe1a6173f00a91ed3df71c29ee9265959df5b160fccd21b409342b4fe33bbd6c060206001600160a01b03841692a27f0000000000000000000000000000000000000000000000000000000000000000614bb5565b80f35b600484630686827b60e51b8152fd5b50346103eb5760203660031901126103eb5760043580156108935733825260016020526001600160401b036001604084208381540361088b575b01546040805185815292909116602083015233917f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb229190a380f35b838155610850565b6004826327a0d35560e11b8152fd5b50346103eb5760403660031901126103eb576108046004356108c2613aa5565b906108cb614213565b8084526003602052604084206108e08161418f565b916001600160401b03612710610913826108fc60018701613d38565b971680602089015261ffff60a08801511690613dc5565b0416604085015261ffff60408401511660608501528560a0850152614cbb565b50346103eb57806003193601126103eb57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb57806003193601126103eb57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb5760203660031901126103eb576040816102e092608083516109df81613bab565b6109e76140f3565b815284516109f481613bc6565b838152836020820152838682015283606082015283838201528360a08201528360c08201528360e08201526020820152610a2c61407d565b858201528260608201520152600435815260036020522060405190610a5082613bab565b610a5981614011565b8252610a6760018201613d38565b906020830191825260c0610a7d60028301613c1e565b6040850190815262ffffff60e06004600386015495606089019687520154956080880196875261ffff60a060405199516001600160a01b038151168b5265ffffffffffff60208201511660208c01528260408201511660408c015260ff60608201511660608c015260ff60808201511660808c015201511660a0890152516001600160401b03815116858901526001600160401b03602082015116828901526001600160401b0360408201511661010089015261ffff6060820151166101208901526080810151151561014089015260a081015115156101608901528481015115156101808901520151166101a0860152516001600160401b038151166101c08601526001600160401b036020820151166101e086015263ffffffff60408201511661020086015263ffffffff60608201511661022086015261ffff60808201511661024086015260a0810151151561026086015201511515610280840152516102a0830152516102c0820152f35b50346103eb5760a03660031901126103eb5760043590602435610c0d613a79565b91606435936001600160a01b038516918286036103eb576084356001600160401b03811690818103610fa1576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610f9257838352600760205260408320868452602052604083206001600160a01b0388165f5260205260ff60405f205416610f8357838352600760205260408320868452602052604083206001600160a01b0388165f5260205260405f20600160ff198254161790556001600160a01b0387169586845260016020526040842092835415610f70576040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa918215610f65578692610f34575b50600185019384549a610d70610d618d6001600160401b038060028c0154169116613db8565b61ffff60408701511690613dc5565b61270f8101809111610f2057906127108e95949392046001600160401b03169c8d99606086015161ffff16610da5908c613dc5565b61271090046001600160401b031694610dbe868d613e7f565b6001600160401b03161090505f149e60209f9a60609a610e4263ffffffff9b62ffffff987fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c90569f98610e5399610f0b575050886001859a8b985b60e01c1681810160181c9003011662ffffff60e01b1962ffffff60e01b83549260e01b169116179055565b6001600160a01b0388511694615ef4565b6001600160401b038116928380610eda575b90508b11610e8b575b5050604051968988528a88015260408701521693a4604051908152f35b6001600160401b03610eab6001600160a01b03610ed3945116928d613e7f565b16907f0000000000000000000000000000000000000000000000000000000000000000614bb5565b5f80610e6e565b610f04917f0000000000000000000000000000000000000000000000000000000000000000614bb5565b5f83610e65565b610f186001918c93613d04565b9a8b98610e17565b602489634e487b7160e01b81526011600452fd5b610f5791925060e03d60e011610f5e575b610f4f8183613bfd565b810190613f45565b905f610d3b565b503d610f45565b6040513d88823e3d90fd5b6024858963bfc6c33760e01b8252600452fd5b600483631b919bb160e11b8152fd5b60048363874290fd60e01b8152fd5b8280fd5b50346103eb57806003193601126103eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb5760403660031901126103eb576004356001600160401b038116808203610fa1576108049161101b613aa5565b611023614213565b600254907fffffffffffffffff00000000000000000000000000000000ffffffffffffffff67ffffffffffffffff60801b6110a567ffffffffffffffff60401b611079876001600160401b038860401c16613d04565b60401b16936001600160401b03856fffffffffffffffff00000000000000001988161760801c16613d04565b60801b169216171760025567ffffffffffffffff60801b1967ffffffffffffffff60801b6110e18654936001600160401b038560801c16613d04565b60801b1691161783557f00000000000000000000000000000000000000000000000000000000000000007f0000000000000000000000000000000000000000000000000000000000000000614bb5565b50346103eb5760203660031901126103eb5761114b614213565b600435815260036020526001604082200160ff60d81b19815416905580f35b50346103eb5760403660031901126103eb57611184613a63565b7f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc60206111af613a8f565b60026001600160a01b03851694858752600184526111d1604088208092615773565b0180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b1691161790556001600160a01b0360405191168152a280f35b50346103eb5760203660031901126103eb57611249613a63565b906001600160a01b03821680825260016020526040822092600284016001600160401b03815416948515611395576112a965ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b65ffffffffffff60038301541680911061136a5750946001600160401b03926001600160a01b03610eab936108049798861982541682558954876112ef87828416613e7f565b1690881916178a5587330361135a575b505460401c16806113525750935b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0388168152896020820152846040820152a285613d04565b90509361130d565b6113649084615773565b5f6112ff565b7fb015252c000000000000000000000000000000000000000000000000000000008652600452602485fd5b600485630686827b60e51b8152fd5b50346103eb57806003193601126103eb576020604051620100008152f35b50346103eb57806003193601126103eb57600254604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c6060830152819081015b0390f35b50346103eb5760603660031901126103eb57600435611431613aff565b6044359163ffffffff83168093036114f15761144e8392936140c1565b93611458836140c1565b9363ffffffff16815b848110611492576114848761141088604051938493604085526040850190613b12565b908382036020850152613b12565b6001908484526004602052604084206114ab8285613db8565b855260205260408420548585526005602052604085206114cb8386613db8565b865260205260408520546114df838a613e0d565b526114ea828a613e0d565b5201611461565b8380fd5b50346103eb5760603660031901126103eb576004356024356001600160401b038111610fa157611529903690600401613a36565b91604435906001600160401b0382116116d657816004019360a060031984360301126103e957859382875260036020526040872061156681614011565b94611572368585613c92565b602081519101206004830154036116c75761158c8861406c565b63ffffffff61ffff604089015116911610908115916116b7575b506116965791816115c88289946115c260026115e09801613c1e565b8861430e565b6115d061407d565b606088019660ff8851169061534e565b506102c051825191958693919260ff168310611650576080850151889060ff168882895b82151580611647575b15611637578219600181018091116105ae578316908117921890611630906140b3565b9091611604565b6040908482519182526020820152f35b5083821061160d565b6084945061166861166260ff9261406c565b94615748565b9151169163ffffffff6040519463091c025360e41b8652166004850152602484015260448301526064820152fd5b60248863ffffffff6116a78a61406c565b631de87d6160e01b835216600452fd5b60649150013560401c155f6115a6565b6004896356365e8b60e11b8152fd5b8480fd5b50346103eb5760603660031901126103eb57602435906001600160401b0382116103eb57602061067e6117103660048601613a36565b611718613a79565b91600435613fd0565b50346103eb57806003193601126103eb5760206040517f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8152f35b50346103eb5760403660031901126103eb57611776613a63565b60243590811515809203610fa15760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156118e6576001600160a01b039160c09186916118c7575b50015116330361189f576001600160a01b031690818352600160205260408320541561188c5760207f04881682880396c5d7f330e192fcd4f8b3d4645842908712b7a005170b3120cc91838552600182526001604086200180547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff000000000000000000000000000000000000000000000000000000000000008460f81b169116179055604051908152a280f35b6024838363bfc6c33760e01b8252600452fd5b6004837f7a241b02000000000000000000000000000000000000000000000000000000008152fd5b6118e0915060e03d60e011610f5e57610f4f8183613bfd565b5f6117dd565b6040513d86823e3d90fd5b50346103eb5760603660031901126103eb576001600160a01b036040611915613a79565b926004358152600760205281812060243582526020522091165f52602052602060ff60405f2054166040519015158152f35b50346103eb57806003193601126103eb57602060405164075cd788008152f35b50346103eb57806003193601126103eb57602060405160408152f35b50346103eb57806003193601126103eb57602060405160038152f35b50346103eb57806003193601126103eb57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb57806003193601126103eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb57806003193601126103eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346103eb5760803660031901126103eb57611a84613a63565b90611a8d613a8f565b906044356064356001600160401b038111610fa157611ab0903690600401613a36565b90946001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016331490811591612437575b5061240f5760408103611c6f578460409181010312611c6b576001600160a01b03611b16602086359601613abb565b93169283835260016020526001600160401b036001604085200154166001600160401b03611b448483613db8565b9216809203611c385750506001600160401b0316908315611c29577f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb22916001600160401b036001838683955281602052604081209088825403611c21575b84611bea575b50015460408051938516845291169092166020820152a35b60206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b82820184611bfb8782845416613d04565b168519825416179055805484611c1387828416613d04565b16908519161790555f611ba8565b888255611ba2565b806327a0d35560e11b60049252fd5b9183927ff36d15460000000000000000000000000000000000000000000000000000000060649552600452602452604452fd5b5080fd5b9380929194810103916101008312611c6b5760e0813593601f190112611c6b57604051611c9b81613b75565b602082013563ffffffff811681036114f1578152611cbb60408301613eff565b60208201908152611cce60608401613eff565b60408301908152611ce160808501613abb565b9160608401928352611cf560a08601613abb565b936080810194855260e0611d0b60c08801613eff565b9660a0830197885201359687151588036103eb5760c08201978852604051907f563e13ac0000000000000000000000000000000000000000000000000000000082526060826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156124025781829183946123ac575b50612384578a8252600360205260408220906001600160a01b0382541661235c578d611de465ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b908d1591821561234c575b8215612338575b821561232a575b8215612315575b8215612304575b82156122ee575b82156122c9575b5081156122b8575b5080156122a8575b61228057611e58611e4c6001600160401b038a511663ffffffff88511690613dc5565b61ffff89511690613dc5565b9061ffff81169182612710019081612710116105ae5790611e7891613dc5565b6127108101908181116105ae5761270f0190811161226c578f90612710900480911061225457506001600160a01b036040519e169d8e60208201528d604082015260408152611ec8606082613bfd565b602081519101209e8f8552600660205260408520548015908115612249575b50612221578e9f9d9e9d855260066020528460408120556001600160401b03169c8a51875190895160ff16928b5195604051611f2281613b90565b82815265ffffffffffff8416602082015261ffff8516604082015285606082015260ff8816608082015260a0015286549260d01b7bffff000000000000000000000000000000000000000000000000000016927fffffffff0000000000000000000000000000000000000000000000000000000016179060a01b79ffffffffffff00000000000000000000000000000000000000001617178455611fdb90849060ff60e01b1960ff60e01b83549260e01b169116179055565b82549060f01b7fffff000000000000000000000000000000000000000000000000000000000000169160e81b7dff000000000000000000000000000000000000000000000000000000000016907cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617178155600181016001600160401b038c166001600160401b031982541617905586516001600160401b031692895161ffff16918b511515936040519261208d84613b75565b8684526001600160401b0316928360208201524363ffffffff1660408201528160608201528460808201528560a082015260c00152600201936001600160401b03166001600160401b03198554161784556121109084906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b82547fffffffff000000000000000000000000ffffffffffffffffffffffffffffffff164360801b73ffffffff00000000000000000000000000000000161761ffff60c01b60c09290921b919091161760ff60d01b91151560d01b91909116179055600254612188896001600160401b038316613d04565b6001600160401b0316906001600160401b031916176002556040519788525163ffffffff1660208801525161ffff1660408701525161ffff166060860152516001600160401b03166080850152516001600160401b031660a08401525161ffff1660c083015251151560e08201526101007f3a706dd2625ddb20dfa66eafeffd6f900c91a83da6900495cf5a63f558700cac91a3611bc0565b6004857f81791cb4000000000000000000000000000000000000000000000000000000008152fd5b90504311155f611ee7565b8f604491869163d49dd94360e01b8352600452602452fd5b602485634e487b7160e01b81526011600452fd5b6004837f8dc59921000000000000000000000000000000000000000000000000000000008152fd5b5061271061ffff8b511611611e29565b6001600160401b039150118e611e21565b9150506001600160401b038a511664075cd78800820180921161226c57118e5f611e19565b8092506001600160401b038c5116111591611e12565b9150602061ffff8a51161191611e0b565b915061ffff88511661ffff8a51161091611e04565b885161ffff16159250611dfd565b915061100063ffffffff8851161191611df6565b875163ffffffff16159250611def565b6004837ff47d2b88000000000000000000000000000000000000000000000000000000008152fd5b6004827fef34f7ba000000000000000000000000000000000000000000000000000000008152fd5b935050506060823d6060116123fa575b816123c960609383613bfd565b810103126103eb576123da82613cd7565b6123f260406123eb60208601613f22565b9401613f31565b92905f611d90565b3d91506123bc565b50604051903d90823e3d90fd5b6004837ff43c367c000000000000000000000000000000000000000000000000000000008152fd5b90506001600160a01b03808616911614155f611ae7565b50346103eb5760203660031901126103eb5760406020916004358152600683522054604051908152f35b50346103eb5760c03660031901126103eb5760043590612496613aff565b9061249f613a79565b3660a411611c6b5760a435926001600160401b038411610fa15783600401943660448601116114f1576040805195969591906124db8184613bfd565b803684376124e98780613e9f565b90501496859063ffffffff8516915b600281101561263d578060051b6125146004828501018b613e9f565b918c61261857605483036126095782600c116125e35760088201359088017fffffffff000000000000000000000000000000000000000000000000000000008216905261256084613ed1565b358235916001600160c01b0319831692600886106125eb575b50846014116125e75790612597929160a01c9160c01c90888a614f23565b91806034116125e3576125c5928a9290916014820135916125bf916033190190603401613ee3565b91614fd8565b156125d4576001905b016124f8565b600488632bd528e560e11b8152fd5b8a80fd5b8c80fd5b6001600160c01b0319809294508660080360031b1b1616915f612579565b60048b632bd528e560e11b8152fd5b50906126309161262784613ed1565b358a8a89614123565b156125d4576001906125ce565b82888589606435608435148981612690575b506126645761266092933392615092565b5080f35b602483857f2a7df588000000000000000000000000000000000000000000000000000000008252600452fd5b90507fffffffff0000000000000000000000000000000000000000000000000000000060208183511692015116148561264f565b50346103eb5760203660031901126103eb57600435908181526003602052604081206126ef8161418f565b6126fb60018301613d38565b9160a083015161288a5765ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016946127398642613dc5565b602084019065ffffffffffff82511680911061275d575b5050610804949550614cbb565b61ffff60608701511661ffff604087015116145f1461282157506127dd6127d66127a765ffffffffffff6001600160401b039451166407fffff80060e08a0151600b1b1690613e7f565b65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690613d04565b9742613dc5565b96168096106127f5576108049495505b85945f612750565b602485877f6fc0e7fa000000000000000000000000000000000000000000000000000000008252600452fd5b9650506001600160a01b038351163314801590612874575b612848576108049495506127ed565b602485877f58ea3381000000000000000000000000000000000000000000000000000000008252600452fd5b5063ffffffff600283015460a01c161515612839565b60048463156290fd60e01b8152fd5b50346103eb5760603660031901126103eb576024356001600160401b038111611c6b576128ca903690600401613a36565b6044356001600160401b0381116114f1576128e9903690600401613acf565b9290936004358152600360205260408120906129048261418f565b9561291160018401613d38565b9061291e60028501613c1e565b9260a0830151612dc95763ffffffff60608501511615612dba5761296a65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b65ffffffffffff60208b0151161115612dab57612988368888613c92565b60208151910120600486015403612d9c576129a787878660043561430e565b946001600160401b03602085015116906001600160401b03604086015116918360609085905b8d821015612a2757609e19883603018260051b8901351215612a2357612a048f8e8e8e8e8e8e8960051b81013501956004356143a1565b8051612a18575050600180915b01906129cd565b925090600190612a11565b8680fd5b899391508e92899115612d7d575060405194612a4286613be2565b600254926001600160401b038416875260208701978460401c6001600160401b0316895260408801918560801c6001600160401b03168352606089019560c01c865289516001600160401b031660208601516001600160401b0316612aa691613d04565b90612ab091613e7f565b6001600160401b0316895260408401516001600160401b031690612ad391613e7f565b81516001600160401b031690612ae891613d04565b6001600160401b0316815288936060840191825161ffff16604088015161ffff1614996080998b61ffff9c612d72575b612d16575b519051915192516001600160c01b031960c091821b1667ffffffffffffffff60801b948c1b85166001600160401b0393841667ffffffffffffffff60401b604096871b8116919091179190911791909117600255875160018801805460208b01518b88015199517fffffffffffff000000000000000000000000000000000000000000000000000090921693909616929092179490951b9091169290921760809590951b90931693909317928a1690911b61ffff60c01b169190911790555b85820151600191909101805460a084015160c085015160e09586015179ffffffffffffffffffffffffffffffffffffffffffffffffffff90931660ff60d01b95151560d01b959095169490941760ff60d81b91151560d81b91909116179215159384901b60ff60e01b169290921760e89290921b7fffffff000000000000000000000000000000000000000000000000000000000016919091179055612c91575b5050015116612c895780f35b610804614c65565b6001600160a01b038251166001600160401b036040519216918281527f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe8602060043592a38015612c7d576001600160a01b03612d0f9251167f0000000000000000000000000000000000000000000000000000000000000000614bb5565b8480612c7d565b965091612bdc93918b936001600160401b03612d4c612d3f828b51168360208d01511690613e7f565b8260408c01511690613e7f565b99600160c08b015281612d628c82885116613d04565b1685529294965050919350612b1d565b508a87015115612b18565b87815115612d8e5750602081519101fd5b8062560ff960e81b60049252fd5b806356365e8b60e11b60049252fd5b8063ef3ceaeb60e01b60049252fd5b80636b23f54b60e01b60049252fd5b8063156290fd60e01b60049252fd5b50346103eb5760203660031901126103eb576020906001600160a01b0360026040612e01613a63565b9383851681526001865220015460401c16908115612e2c575b506001600160a01b0360405191168152f35b90505f612e1a565b50346103eb57806003193601126103eb5760206040517fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac40292218152f35b50346103eb5760203660031901126103eb576004356001600160401b038111611c6b57612ea0903690600401613acf565b90612eaa82613df6565b612eb76040519182613bfd565b828152601f19612ec684613df6565b01845b818110613124575050612eda61426d565b62ffffff811692855b8581101561301c578060051b820135906001600160a01b0382168092036130185760019188528160205263ffffffff612ff28560408b20604051612f2681613b45565b81548152868201546001600160401b03811660208301526001600160401b038160401c16604083015264ffffffffff8160801c166060830152858160a81c16608083015262ffffff8160c81c1660a083015262ffffff8160e01c1660c083015260f81c151560e082015260ff60028301546001600160401b0381166101008401526001600160a01b038160401c1661012084015260e01c1661014082015265ffffffffffff600383015416610160820152612fe1868b613e0d565b52612fec858a613e0d565b506142e8565b166080612fff8388613e0d565b51018760a061300e858a613e0d565b5101525201612ee3565b8780fd5b8387604051918291602083016020845282518091526020604085019301915b818110613049575050500390f35b91935091602061018060019265ffffffffffff6101608851805184526001600160401b038682015116868501526001600160401b03604082015116604085015264ffffffffff606082015116606085015263ffffffff608082015116608085015262ffffff60a08201511660a085015262ffffff60c08201511660c085015260e0810151151560e08501526001600160401b03610100820151166101008501526001600160a01b036101208201511661012085015260ff6101408201511661014085015201511661016082015201940191019184939261303b565b60209060409594955161313681613b45565b87815287838201528760408201528760608201528760808201528760a08201528760c08201528760e08201528761010082015287610120820152876101408201528761016082015282828601015201939293612ec9565b50346103eb57806003193601126103eb5754604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b346133e05760603660031901126133e0576004356131f3613aa5565b6044359065ffffffffffff82168092036133e05761320f614213565b825f52600360205260405f20916132258361418f565b926001810192600261323685613d38565b9201549263ffffffff8460a01c16156134685760ff8460d01c168015613458575b6134305760a08301516134215761ffff606084015116613413576132ac906132a765ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b613db8565b65ffffffffffff6020870151161115613404576127106132df61ffff60a06001600160401b038095169801511687613dc5565b0416936001600160401b036132f48683613db8565b9251168092116133e457505060d81c60ff16613340575b602092507b0100000000000000000000000000000000000000000000000000000060ff60d81b19825416179055604051908152f35b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001692833b156133e0575f936044859260405196879384927f5502534400000000000000000000000000000000000000000000000000000000845230600485015260248401525af19283156133d5576020936133c5575b5061330b565b5f6133cf91613bfd565b5f6133bf565b6040513d5f823e3d90fd5b5f80fd5b846133ee91613db8565b9063d49dd94360e01b5f5260045260245260445ffd5b63ef3ceaeb60e01b5f5260045ffd5b62560ff960e81b5f5260045ffd5b63156290fd60e01b5f5260045ffd5b7fdbb55d74000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061ffff8460c01c161515613257565b636b23f54b60e01b5f5260045ffd5b346133e0575f3660031901126133e057602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346133e0575f3660031901126133e05760206040517f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508152f35b346133e05760203660031901126133e05761350c613a63565b6001600160a01b038116805f52600160205260405f209160018301926001600160401b03845460401c1693841561361a57613601946001600160401b03936001600160a01b036002610eab95856fffffffffffffffff0000000000000000195f9754169055855467ffffffffffffffff60801b1967ffffffffffffffff60801b61359b888c8560801c16613d04565b60801b16911617865588330361360b575b015460401c16801584146136035750945b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0389168152846020820152856040820152a2613d04565b005b9050946135bd565b6136158185615773565b6135ac565b630686827b60e51b5f5260045ffd5b346133e0575f3660031901126133e05760206040516110008152f35b346133e05760603660031901126133e0576024356004356044356001600160401b0381116133e05761367b903690600401613a36565b90825f52600360205260405f20916136928361418f565b9260028101906136a182613c1e565b906001600160a01b0386511633036139255763ffffffff6060830151166138fe576136f465ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b65ffffffffffff60208801511611156134045787156138d6576003889161371c368789613c92565b60208151910120600482015501556001600160401b0360ff606061ffff6040890151169701511691511690604051957fa4ae518d0000000000000000000000000000000000000000000000000000000087526004870152602486015260448501526080606485015260208480613796608482018688613ce4565b03816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9384156133d5575f94613877575b506138157fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b94829060ff60d81b1960ff60d81b835492151560d81b169116179055565b80547fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff164360a01b77ffffffff00000000000000000000000000000000000000001617905560405160208082529092839261387292840191613ce4565b0390a3005b93506020843d6020116138ce575b8161389260209383613bfd565b810103126133e0576138156138c77fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b95613cd7565b94506137d2565b3d9150613885565b7f185c1dff000000000000000000000000000000000000000000000000000000005f5260045ffd5b7eb47a0f000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5fc483c5000000000000000000000000000000000000000000000000000000005f5260045ffd5b346133e05760203660031901126133e05760043560ff8116908181036133e057335f52600160205260405f205415613a0b5760038210156139e3576139b590335f526001602052600260405f20019060ff60e01b1960ff60e01b83549260e01b169116179055565b6040519081527f86ca834ed77043799de2a6c996fa4b79fadfb467b4694e233b20c43aa072821860203392a2005b7fd5c84cfb000000000000000000000000000000000000000000000000000000005f5260045ffd5b63bfc6c33760e01b5f523360045260245ffd5b346133e0575f3660031901126133e057806020809252f35b9181601f840112156133e0578235916001600160401b0383116133e057602083818601950101116133e057565b600435906001600160a01b03821682036133e057565b604435906001600160a01b03821682036133e057565b602435906001600160a01b03821682036133e057565b602435906001600160401b03821682036133e057565b35906001600160401b03821682036133e057565b9181601f840112156133e0578235916001600160401b0383116133e0576020808501948460051b0101116133e057565b6024359063ffffffff821682036133e057565b90602080835192838152019201905f5b818110613b2f5750505090565b8251845260209384019390920191600101613b22565b61018081019081106001600160401b03821117613b6157604052565b634e487b7160e01b5f52604160045260245ffd5b60e081019081106001600160401b03821117613b6157604052565b60c081019081106001600160401b03821117613b6157604052565b60a081019081106001600160401b03821117613b6157604052565b61010081019081106001600160401b03821117613b6157604052565b608081019081106001600160401b03821117613b6157604052565b90601f801991011681019081106001600160401b03821117613b6157604052565b90604051613c2b81613b75565b60c060ff8294546001600160401b03811684526001600160401b038160401c16602085015263ffffffff8160801c16604085015263ffffffff8160a01c16606085015261ffff81841c166080850152818160d01c16151560a085015260d81c161515910152565b9291926001600160401b038211613b615760405191613cbb601f8201601f191660200184613bfd565b8294818452818301116133e0578281602093845f960137010152565b519081151582036133e057565b908060209392818452848401375f828201840152601f01601f1916010190565b906001600160401b03809116911601906001600160401b038211613d2457565b634e487b7160e01b5f52601160045260245ffd5b90604051613d4581613bc6565b60e08193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015261ffff8160c01c16606084015260ff8160d01c161515608084015260ff8160d81c16151560a084015260ff81831c16151560c084015260e81c910152565b91908201809211613d2457565b81810292918115918404141715613d2457565b8115613de2570490565b634e487b7160e01b5f52601260045260245ffd5b6001600160401b038111613b615760051b60200190565b8051821015613e215760209160051b010190565b634e487b7160e01b5f52603260045260245ffd5b60405190613e4282613be2565b8160605f546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015260c01c910152565b906001600160401b03809116911603906001600160401b038211613d2457565b903590601e19813603018212156133e057018035906001600160401b0382116133e0576020019181360383136133e057565b6002811015613e215760051b60640190565b359060208110613ef1575090565b5f199060200360031b1b1690565b359061ffff821682036133e057565b51906001600160a01b03821682036133e057565b519061ffff821682036133e057565b51906001600160401b03821682036133e057565b908160e09103126133e057613fc860c060405192613f6284613b75565b613f6b81613f0e565b8452613f7960208201613f22565b6020850152613f8a60408201613f22565b6040850152613f9b60608201613f22565b6060850152613fac60808201613f31565b6080850152613fbd60a08201613f0e565b60a085015201613f0e565b60c082015290565b6040831493919284613fe4575b5050505090565b8091929394506020116133e0576125bf614008946020813593601f19019101613ee3565b5f808080613fdd565b9060405161401e81613b90565b60a08193546001600160a01b038116835265ffffffffffff81831c16602084015261ffff8160d01c16604084015260ff8160e01c16606084015260ff8160e81c16608084015260f01c910152565b3563ffffffff811681036133e05790565b6040519061408a82613b75565b5f60c0838281528260208201528260408201528260608201528260808201528260a08201520152565b5f198114613d245760010190565b906140cb82613df6565b6140d86040519182613bfd565b82815280926140e9601f1991613df6565b0190602036910137565b6040519061410082613b90565b5f60a0838281528260208201528260408201528260608201528260808201520152565b6141879161418c969495939563ffffffff6040519260208401947f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8652604085015216606083015260808201526080815261417f60a082613bfd565b519020615846565b613fd0565b90565b906141986140f3565b506141a282614011565b916001600160a01b03835116156141eb576001015460e01c60ff166141c357565b7f4a0be34b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f97736927000000000000000000000000000000000000000000000000000000005f5260045ffd5b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361424557565b7f30db9aa8000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f000000000000000000000000000000000000000000000000000000000000000065ffffffffffff16806142a057505f90565b61418c906142d665ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b613dd8565b91908203918211613d2457565b600161430a9101549162ffffff63ffffffff8460a81c169360c81c16906142db565b1c90565b9093929160609460c0810151614325575b50505050565b614397939495509063ffffffff606061438993015116946040519586947f75248f2d000000000000000000000000000000000000000000000000000000006020870152602486015260448501525f60648501526080608485015260a4840191613ce4565b03601f198101835282613bfd565b905f80808061431f565b93949197959692909760c05261012052610160526060946143c18261406c565b63ffffffff61ffff60408a015116911610801590614ba7575b614b8657825f52600460205260405f2063ffffffff6143f88461406c565b165f5260205260405f20549582013593861515808061024052614b69575b614b435782826144389261016051908b60ff606061012051920151168961534e565b610180526102e0516101e052610100526102c05160ff60608901511681108015614b38575b614ad7575061448560ff60808901511661447f6001600160401b038916615748565b906142db565b6101a0525f61022081905261449861426d565b610200525f6101c0525b6001600160401b0387161961010051166101c0511c151580614acb575b156147255760016001600160401b0388161961010051166101c0511c161561471f576001600160401b0360026101c05160051b6101605101013560201c166101405260026101c05160051b6101605101013560601c5f52600160205260405f209060018201549161453361020051826142e8565b60e0526145436101205182615b81565b156147165761018051614693575b61456a610140516001600160401b038560401c16613d04565b600164ffffffffff8560801c160164ffffffffff8111613d2457600160e05101928360e05111613d2457614670956146569478ffffffff00000000000000000000000000000000000000000074ffffffffff0000000000000000000000000000000060019560801b16927fffffffff000000000000000000000000ffffffffffffffffffffffffffffffff7bffffff000000000000000000000000000000000000000000000000006102005160c81b169116179160a81b1617178282015501906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b60016101c0511b6102205117610220526101405190613d04565b965f196101a051016101a0525b6146896101c0516140b3565b6101c052966144a2565b6101805160401c6146ee575b6001610180516101c0511c16156145515761ffff608061012051015116612710036127108111613d24576127106146e36001600160401b0392836101405116613dc5565b041661014052614551565b6001600160401b036147096101805160401c61014051613dc5565b60101c166101405261469f565b5097905061467d565b9661467d565b9092949691939561ffff608061012051015116151580614ab6575b80614a78575b610240519081614a6c575b81614a63575b50614a3e576001600160401b0361271061477b61ffff60a087015116838616613dc5565b041660a052602060c051016001600160401b0361479b8482845116613d04565b169052604060c051016001600160401b036147bb60a05182845116613d04565b1690526001600160401b0361022051911617608052610180516149db575b845f52600460205260405f2063ffffffff6147f38661406c565b165f526020526080516001600160401b031987161760405f20556102405161495f57606060c051019161ffff8351169261ffff8414613d24577f83e792f163c20884551ef927d31d5838d89ae60df4ccdac58162777b115565769560809562ffffff6148b265ffffffffffff60206001600160401b03976148d29761ffff600163ffffffff9d0116905201511661447f65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613dc5565b600b1c1660e060c05101528660c0510190815115614909575b505061406c565b91604051978852816102205116602089015216604087015260a05160608701521693a3604051614903602082613bfd565b5f815290565b61ffff8861012051015116159081159161492a575b50151590525f806148cb565b6101a051151591508161493f575b505f61491e565b614959915061016051610120518a51196101e05116615ac3565b5f614938565b945050506102205161497d575b505050604051614903602082613bfd565b606063ffffffff6149ae7f412e931ece982861979a110e7f5b756628db1f371c04a16fc9b137cd9299b2529361406c565b6001600160401b0360405196816102205116885216602087015260a05160408701521693a35f808061496c565b6149e48461406c565b857f89f223dd6f9fdc94ffc369124b3db592c184a5e42ce0c7ca16d1ca1ce4786fa2604063ffffffff61ffff608061012051015116948251956bffffffffffffffffffffffff6101805116875260208701521693a36147d9565b5050505050505060405162560ff960e81b60208201526004815261418c602482613bfd565b9050155f614757565b61022051159150614751565b50614ab184610160516101205160c05161018051610220518b8d63ffffffff614aaa6001600160401b038c169361406c565b1690615927565b614746565b506001600160401b0361018051161515614740565b506101a05115156144bf565b94969550509050614ae8915061406c565b9160ff6060614af961010051615748565b920151169163ffffffff6040519463091c025360e41b60208701521660248501526044840152606483015260848201526084815261418c60a482613bfd565b50610100511561445d565b505050505091505060405162560ff960e81b60208201526004815261418c602482613bfd565b506001600160401b0367ffffffffffffffff198616881811614416565b63ffffffff614b948361406c565b631de87d6160e01b5f521660045260245ffd5b508582013560401c156143da565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615614c44575b60405215614c0f5750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516614c5c57823b15153d15161690614c04565b503d5f823e3d90fd5b6001600160401b035f5c168015614cb857614cb6906001600160401b03195f5c165f5d614c906157cc565b7f0000000000000000000000000000000000000000000000000000000000000000614bb5565b565b50565b9091927c01000000000000000000000000000000000000000000000000000000006001600160401b0382511691614d8c6001600160401b03614d0560208401958287511690613e7f565b614d64826001614d1d60408801948386511690613e7f565b9a8160c0890152019781808851161682198a5416178955511687906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b51855467ffffffffffffffff60801b1916911660801b67ffffffffffffffff60801b16178455565b606081015183547fffffffffffff0000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b61ffff60c01b16178355608081015183547fffffffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffff1690151560d01b60ff60d01b1617835560a0810151835460ff60d81b191690151560d81b60ff60d81b161783557bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffff000000000000000000000000000000000000000000000000000000000060e0855493015160e81b1691161717905560025477ffffffffffffffffffffffffffffffffffffffffffffffff6001600160c01b0319614e9b858460c01c613d04565b60c01b169116176002556001600160a01b03835116907f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe860206001600160401b03604051951694858152a380614eef575050565b6001600160a01b03614cb69251167f0000000000000000000000000000000000000000000000000000000000000000614bb5565b92909161418c9480155f14614f8257506040519260208401947f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a50865260408501526060840152608083015260a082015260a0815261417f60c082613bfd565b91906040519360208501957fe40521a50437448341fe6aab3dae0df7da36faa9454916f6aac7f7aac4029221875260408601526060850152608084015260a083015260c082015260c0815261417f60e082613bfd565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316927f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084118015615081575b61507857601b9060ff1c019060ff8211613d24576020935f9360ff60809460405194855216868401526040830152606082015282805260015afa156133d5576001600160a01b03805f51921691161490565b50505050505f90565b506001600160a01b03851615615026565b939293919091805f52600760205260405f20835f5260205260405f206001600160a01b0383165f5260205260ff60405f20541661532357805f52600760205260405f20835f5260205260405f206001600160a01b0383165f5260205260405f20600160ff198254161790556001600160a01b03821692835f52600160205260405f20805415615310576040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156133d5575f926152ef575b506001810194855491615195610d616001600160401b036002840154166001600160401b038616613db8565b61270f8101809111613d245761271090046001600160401b031696606085015161ffff166151c39089613dc5565b61271090046001600160401b03166151db818a613e7f565b505f6151e691613d04565b815462ffffff60e01b1916600162ffffff60e097881c1681810160181c90030190951b62ffffff60e01b16949094179055828a8886516001600160a01b03169361522f95615ef4565b6001600160401b038116928315159360609363ffffffff937fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c9056966152bf575b828911615298575b50506001600160a01b03879a60405198895216602088015260408701521693a4565b6001600160401b03610eab6001600160a01b036152b8945116928b613e7f565b5f80615276565b6152ea838d7f0000000000000000000000000000000000000000000000000000000000000000614bb5565b61526e565b61530991925060e03d60e011610f5e57610f4f8183613bfd565b905f615169565b8463bfc6c33760e01b5f5260045260245ffd5b631b919bb160e11b5f5260045ffd5b3580151581036133e05790565b3561ffff811681036133e05790565b610300919091526103208690525f6102c08190526102e081905295929450929161537a90604001615332565b15615740576051935b6153a18561539a6080610320510161032051613e9f565b9050613dd8565b610260526153b28561026051613dc5565b6153c56080610320510161032051613e9f565b91905014801590615733575b6156ef5761542e9060e06040516102a0526153ef816102a051613bfd565b80366102a051376040516103605261540a8161036051613bfd565b366103605137833560011a9063ffffffff6154276103205161406c565b1690615b1e565b610280525f61038081905280805b6102605181106154a857505050505050505061545e610300516102a051615c18565b9069ffff00000000000000006154796020610320510161533f565b60401b169061548d60406103205101615332565b61549357565b906154a46103005161036051615c18565b1790565b6154bb6080610320510161032051613e9f565b506154c68883613dc5565b0161034052604961034051013560c01c6154e560406103205101615332565b1561572c575b69ffff00000000000000006155056020610320510161533f565b60401b1617853560011a61034051355f1a10156156ef576001600160a01b036103805116600261034051355f1a60051b8801013560601c11156156ef576103405180355f1a600581901b88016002013560601c6103805260019182013560c01c901c161580156156d6575b6156cd5783600161034051013560c01c148015906156c3575b615668575b906001916155be600261034051355f1a60051b8901013560601c6029610340510135600961034051013587614fd8565b15801561563b575b61563557826102c051016102c0528261034051013560c01c6102e051176102e0526155fd8361034051013560c01c6102a051615bd4565b61560c60406103205101615332565b615619575b505b0161543c565b6001600160401b0361562f911661036051615bd4565b5f615611565b50615613565b50600261034051355f1a60051b8801013560601c5f52826020526156628660405f20615b81565b156155c6565b97509150508560018061034051013560c01c926156ba61568a6103205161406c565b6bffffffffffffffffffffffff8516908461034051013560c01c9063ffffffff606061032051013591168b614f23565b9290915061558e565b5088811415615589565b50600190615613565b506102805119600161034051013560c01c161515615570565b63ffffffff6157006103205161406c565b7f7252bfa7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b505f6154eb565b50604061026051116153d1565b604993615383565b90815f925b6157545750565b915f198301838111613d245761576d93169283916140b3565b9261574d565b6001600160a01b0360028193015460401c1680155f146157c557505b1680330361579a5750565b7f2eb2e80b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b905061578f565b60405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa80156133d5576001600160a01b03915f91615827575b50511690565b615840915060e03d60e011610f5e57610f4f8183613bfd565b5f615821565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f5713b7999760bffd026daf45aebd75261222de8f4562351a9f2730109196ff3260408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526158d860c082613bfd565b519020906040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152615921606282613bfd565b51902090565b9497509297949591845f52600560205260405f20845f526020526001600160401b0360405f20549182199084178b161616908115615ab5578190865f52600560205260405f20865f526020521760405f205516958615615aa9575f945f5b88811c8015615a7b5760011615615a725760028160051b85010135906001600160401b038260601c9260201c16918b60401c80615a54575b5061ffff60808b015116612710036127108111613d2457615a06615a00856001600160401b036127106159f8615a0d9683615a4f9b16613dc5565b041690613e7f565b83615c7b565b809a613d04565b986001600160401b0360405191168152887f36284130b7d63e446afb4eb0fee0052c5ed18ad28a3bd17bccafa5da41b68621602063ffffffff8b1693a46140b3565b615985565b615a67906001600160401b039294613dc5565b60101c16915f6159bd565b615a4f906140b3565b50509750915050615aa19294506001600160401b03935060209150019282845116613e7f565b169052600190565b50505050925050505f90565b505050505050925050505f90565b9250905f5b83811c80156150785760011615615b155760028160051b8301013560601c5f526001602052615afa8360405f20615b81565b615b0c57615b07906140b3565b615ac8565b50505050600190565b615b07906140b3565b91825115615b6c5750815f916064602094015282815191016001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa156133d5575f5190565b9050600191501b5f198101908111613d245790565b600101546001600160401b036020830151166001600160401b03821610159182615baa57505090565b60a001511591508115615bbb575090565b905060f81c90565b906007811015613e215760051b0190565b81905f925b615be257505050565b615c1282615bf08584615bc3565b511892615bfd8584615bc3565b5116938493615c0c8285615bc3565b526140b3565b92615bd9565b6001600160401b0391905f60075b8015615c73575f19019083821c600116615c6057615c448284615bc3565b5185161793615c538284615bc3565b511916945b949390615c26565b93615c6b8284615bc3565b511694615c58565b509150501790565b6001600160a01b039092919216805f52600160205260405f2060018101906001600160401b03825460401c16946001600160401b0381168681105f14615eed5781905b8197826001600160401b0381169182615eac575b505014615ea45750826001600160a01b037f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a93615e746060948a615d3260026001600160401b035f9c9b54169501946001600160401b0386541690613db8565b91826001600160401b03615d468484613e7f565b16108b14615e9457615d589250613e7f565b6001600160401b03615d6d82828c5c16613d04565b166001600160401b03198a5c1617895d615d856157cc565b926001600160401b03615dc9615dc08289541683861699818b108f14615e895784615db1888094613e7f565b16851982541617905585613e7f565b82845416613e7f565b166001600160401b0319825416179055615de1613e35565b906001600160401b03615df78282855116613e7f565b1682526001600160401b03615e13602084019282845116613d04565b1690528051602082015160408084015160609094015191901b67ffffffffffffffff60401b166001600160401b039092169190911760809290921b67ffffffffffffffff60801b169190911760c09190911b6001600160c01b031916175f55565b604051928352866020840152166040820152a3565b84615db18380613e7f565b50506001600160401b0316615d58565b955050505050565b615ee691615eb991613e7f565b87546fffffffffffffffff0000000000000000191660409190911b67ffffffffffffffff60401b16178755565b825f615cd2565b8690615cbe565b949392600182019081546001600160401b0316916001600160401b038516968388105f147f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a97615fbf6060986001600160a01b03986001600160401b03615f8a6002615f7e8d9c8d9b859a615fd85785615f6f898094613e7f565b16861982541617905586613e7f565b93019282845416613e7f565b168519825416179055615f9b613e35565b9084615faa8282855116613e7f565b16825284615e13602084019282845116613d04565b604051998a5216602089015216604087015216941692a3565b85615f6f8380613e7f56",
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
// the contract method with ID 0xd666035b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function convict(bytes32 id, uint256 task, address account, address reporter, uint64 costs) returns(uint64)
func (marketplace *Marketplace) PackConvict(id [32]byte, task *big.Int, account common.Address, reporter common.Address, costs uint64) []byte {
	enc, err := marketplace.abi.Pack("convict", id, task, account, reporter, costs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackConvict is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd666035b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function convict(bytes32 id, uint256 task, address account, address reporter, uint64 costs) returns(uint64)
func (marketplace *Marketplace) TryPackConvict(id [32]byte, task *big.Int, account common.Address, reporter common.Address, costs uint64) ([]byte, error) {
	return marketplace.abi.Pack("convict", id, task, account, reporter, costs)
}

// UnpackConvict is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd666035b.
//
// Solidity: function convict(bytes32 id, uint256 task, address account, address reporter, uint64 costs) returns(uint64)
func (marketplace *Marketplace) UnpackConvict(data []byte) (uint64, error) {
	out, err := marketplace.abi.Unpack("convict", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
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

// PackRestore is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd4ec344.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function restore(bytes32 id, uint32 task, address account, uint64 amount) returns()
func (marketplace *Marketplace) PackRestore(id [32]byte, task uint32, account common.Address, amount uint64) []byte {
	enc, err := marketplace.abi.Pack("restore", id, task, account, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRestore is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd4ec344.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function restore(bytes32 id, uint32 task, address account, uint64 amount) returns()
func (marketplace *Marketplace) TryPackRestore(id [32]byte, task uint32, account common.Address, amount uint64) ([]byte, error) {
	return marketplace.abi.Pack("restore", id, task, account, amount)
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

// MarketplaceRestored represents a Restored event raised by the Marketplace contract.
type MarketplaceRestored struct {
	Job     [32]byte
	Task    uint32
	Account common.Address
	Amount  uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const MarketplaceRestoredEventName = "Restored"

// ContractEventName returns the user-defined event name.
func (MarketplaceRestored) ContractEventName() string {
	return MarketplaceRestoredEventName
}

// UnpackRestoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Restored(bytes32 indexed job, uint32 indexed task, address indexed account, uint64 amount)
func (marketplace *Marketplace) UnpackRestoredEvent(log *types.Log) (*MarketplaceRestored, error) {
	event := "Restored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != marketplace.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(MarketplaceRestored)
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
