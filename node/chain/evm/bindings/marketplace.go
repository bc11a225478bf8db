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
	First    uint64
	Locked   uint32
	Anchored uint32
}

// MarketplaceTerms is an auto generated low-level Go binding around an user-defined struct.
type MarketplaceTerms struct {
	Tasks    uint32
	Quorum   uint16
	Replicas uint16
	MaxPrice uint64
	Expiry   uint64
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
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"contractParameters\",\"name\":\"parameters_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"batches_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"topUp_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadySettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadySlashed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seat\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"ask\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"}],\"name\":\"AskTooHigh\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AwardExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadEvidence\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadRole\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seats\",\"type\":\"uint256\"}],\"name\":\"BadSeatCount\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"BadSignatures\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"budget\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"needed\",\"type\":\"uint256\"}],\"name\":\"BudgetTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"EscrowPaused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InvalidShortString\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobBatched\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoJob\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"counted\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"named\",\"type\":\"uint256\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"}],\"name\":\"NoQuorum\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NoSuchTask\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotContradicted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyBatches\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"OnlyPayout\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyVerifier\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherSeats\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"name\":\"RefundTooEarly\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"str\",\"type\":\"string\"}],\"name\":\"StringTooLong\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"TopUpOpen\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"name\":\"Convicted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[],\"name\":\"EIP712DomainChanged\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"FeesCollected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"tasks\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"replicas\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"indexed\":false,\"internalType\":\"structMarketplace.Terms\",\"name\":\"terms\",\"type\":\"tuple\"}],\"name\":\"Locked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"PayoutSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"RoleSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"Verified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"ATTESTED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"BASE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REPLICAS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TASKS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TERM\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"REVEALED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"ROLES\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"}],\"name\":\"bank\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"batches\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"books\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"staked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"slashed\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawn\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"collected\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate[]\",\"name\":\"certificates\",\"type\":\"tuple[]\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"}],\"name\":\"finish\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"job\",\"outputs\":[{\"components\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"expiry\",\"type\":\"uint48\"},{\"internalType\":\"uint16\",\"name\":\"tasks\",\"type\":\"uint16\"},{\"internalType\":\"uint8\",\"name\":\"quorum\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"replicas\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"}],\"internalType\":\"structMarketplace.Head\",\"name\":\"head\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"settled\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"narrow\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"batched\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"closed\",\"type\":\"bool\"},{\"internalType\":\"uint24\",\"name\":\"left\",\"type\":\"uint24\"}],\"internalType\":\"structMarketplace.Money\",\"name\":\"money\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"first\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"locked\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"anchored\",\"type\":\"uint32\"}],\"internalType\":\"structMarketplace.Panel\",\"name\":\"panel\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"seats\",\"type\":\"bytes32\"}],\"internalType\":\"structMarketplace.Job\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"parameters\",\"outputs\":[{\"internalType\":\"contractParameters\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"payees\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"paid\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"replicas\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payoutOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"time\",\"type\":\"uint48\"}],\"name\":\"reserve\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"first\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"count\",\"type\":\"uint32\"}],\"name\":\"results\",\"outputs\":[{\"internalType\":\"bytes32[]\",\"name\":\"digests\",\"type\":\"bytes32[]\"},{\"internalType\":\"uint64[]\",\"name\":\"paid\",\"type\":\"uint64[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"setPayout\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"setRole\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"setVerified\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"slash\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32[2]\",\"name\":\"digests\",\"type\":\"bytes32[2]\"},{\"internalType\":\"bytes[2]\",\"name\":\"signatures\",\"type\":\"bytes[2]\"}],\"name\":\"slashTwice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"slashed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"topUp\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totals\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"locked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"refunded\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"unreserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawEarned\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawStake\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"},{\"internalType\":\"uint40\",\"name\":\"completed\",\"type\":\"uint40\"},{\"internalType\":\"uint24\",\"name\":\"faults\",\"type\":\"uint24\"},{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Marketplace",
	Bin: "0x61022080604052346102e05760c0816159a4803803809161002082856102e4565b8339810103126102e0578051906001600160a01b03821682036102e05760208101516001600160a01b03811681036102e0576040820151926001600160a01b03841684036102e0576100746060840161031b565b61008c60a06100856080870161031b565b950161031b565b6040519061009b6040836102e4565b600782526020820192660cee0eadacae6d60cb1b8452604051956100c06040886102e4565b600187526020870195603160f81b875265ffffffffffff841680159081156102d4575b506102c55760805260a05260c05260e0526100fd8161032e565b6101a05261010a846104d5565b6101c052519020918261016052519020806101805246610120526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261017560c0826102e4565b519020610100523061014052610200526101e05260405161538a908161061a82396080518181816101ff015281816105590152818161106a015281816112d901528181611846015281816125be0152818161413f01526143bd015260a0518181816104ec015281816115c2015281816117d001528181611a9a0152613e7d015260c05181818161030401526107c1015260e0518181816102d40152818161120401528181611afd0152818161224401528181612a1301528181612f6f01528181613199015281816133c001526148ba01526101005181615013015261012051816150d001526101405181614fe4015261016051816150620152610180518161508801526101a0518161209f01526101c051816120c801526101e0518181816106a701528181610f1901528181610f6d015281816110a90152612eef01526102005181818161077f0152612ab40152f35b6301f30c8760e21b5f5260045ffd5b6103e89150115f6100e3565b5f80fd5b601f909101601f19168101906001600160401b0382119082101761030757604052565b634e487b7160e01b5f52604160045260245ffd5b519065ffffffffffff821682036102e057565b908151602081105f146103a8575090601f815111610368576020815191015160208210610359571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fd5b6001600160401b03811161030757600254600181811c911680156104cb575b60208210146104b757601f8111610478575b50602092601f821160011461041757928192935f9261040c575b50508160011b915f199060031b1c19161760025560ff90565b015190505f806103f3565b601f1982169360025f52805f20915f5b8681106104605750836001959610610448575b505050811b0160025560ff90565b01515f1960f88460031b161c191690555f808061043a565b91926020600181928685015181550194019201610427565b818111156103d95760025f5260205f20601f80840160051c809201920160051c03905f5b8281106104aa5750506103d9565b5f8282015560010161049c565b634e487b7160e01b5f52602260045260245ffd5b90607f16906103c7565b908151602081105f14610500575090601f815111610368576020815191015160208210610359571790565b6001600160401b03811161030757600354600181811c9116801561060f575b60208210146104b757601f81116105d0575b50602092601f821160011461056f57928192935f92610564575b50508160011b915f199060031b1c19161760035560ff90565b015190505f8061054b565b601f1982169360035f52805f20915f5b8681106105b857508360019596106105a0575b505050811b0160035560ff90565b01515f1960f88460031b161c191690555f8080610592565b9192602060018192868501518155019401920161057f565b818111156105315760035f5260205f20601f80840160051c809201920160051c03905f5b828110610602575050610531565b5f828201556001016105f4565b90607f169061051f56fe610280806040526004361015610013575f80fd5b5f3560e01c90816305258376146137025750806307f6af8a146136015780630a3bd8ec1461333857806315d48db41461331c5780632b2c5c42146131f75780632b80cceb146131bd5780633eaf5d9f1461317b5780634362d4a61461302b578063536370b114612eb85780635c8fe43814612e6e57806369c0081014612be65780636da61d1e14612b855780637249fbb6146129cb5780637c902920146127f35780638313e16b1461219b57806384b0196e1461208757806388a7ca5c146117f457806389035730146117b1578063923cb9521461179657806394c2c24f1461177b5780639886bf631461175c578063998957f2146117065780639cf5c6131461157e578063a76a958714611544578063bba722891461138b578063c038a38e14611340578063c23a5cea146111b2578063c2fb1ceb146110ef578063c6e84a641461108e578063cfbf373f14610f3d578063cfdf677e14610efa578063d51eae1314610a1e578063db371c60146107e5578063db7dd35a146107a3578063dc29f1de14610761578063dfd9ac2a14610681578063e1fa8e84146105e1578063e522538114610458578063ec342ad01461043c578063f5bc95ba146102275763fc0c546a146101e0575f80fd5b34610223575f3660031901126102235760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b3461022357604036600319011261022357610240613747565b61024861379c565b906001600160a01b03811691825f52600160205260405f20918284330361042c575b50506001600160401b03811680158015610416575b6103da576001600160401b036102b760026001860195836102a387828a5416613a7c565b168419885416178755019382855416613988565b166001600160401b031983541617825565ffffffffffff6102fa817f00000000000000000000000000000000000000000000000000000000000000001642613930565b1665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016019165ffffffffffff83116103c657836001600160401b0365ffffffffffff926060957fffffffffffffffffffff000000000000ffffffffffffffffffffffffffffffff75ffffffffffff000000000000000000000000000000007f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a54899549260801b169116178093555416604051938452602084015260801c166040820152a2005b634e487b7160e01b5f52601160045260245ffd5b6001600160401b036001840154167f619f8a00000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50806001600160401b036001850154161061027f565b61043591614f56565b838261026a565b34610223575f3660031901126102235760206040516127108152f35b34610223575f366003190112610223576001600160401b0360045460801c165f546104878160c01c8093613a7c565b916001600160401b0383169283156105b9576104c56001600160c01b03199177ffffffffffffffffffffffffffffffffffffffffffffffff93613988565b60c01b169116175f556040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156105ae5761057d926001600160a01b03915f9161057f575b505116807fe1a6173f00a91ed3df71c29ee9265959df5b160fccd21b409342b4fe33bbd6c06020604051858152a27f0000000000000000000000000000000000000000000000000000000000000000614e41565b005b6105a1915060e03d60e0116105a7575b61059981836138b7565b810190613b14565b84610529565b503d61058f565b6040513d5f823e3d90fd5b7fd0d04f60000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461022357602036600319011261022357600435801561065957335f5260016020526001600160401b03600160405f2083815403610651575b015416604051905f825260208201527f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2260403392a3005b83815561061a565b7f4f41a6aa000000000000000000000000000000000000000000000000000000005f5260045ffd5b346102235760403660031901126102235760043561069d61379c565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610739578161057d925f52600560205260405f206106e681613c5b565b916001600160401b0361271061071982610702600187016139c4565b971680602089015261ffff60a08801511690613930565b0416604085015261ffff60408401511660608501525f60a08501526141cf565b7f30db9aa8000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610223575f36600319011261022357602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610223575f36600319011261022357602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610223576020366003190112610223575f60806040516108058161384a565b61080d613c2b565b815260405161081b81613880565b83815283602082015283604082015283606082015283838201528360a08201528360c08201528360e082015260208201526040516108588161384a565b8381528360208201528360408201528360608201528383820152604082015282606082015201526004355f5260056020526102a060405f206040519061089d8261384a565b6108a681613bb1565b82526108b4600182016139c4565b906020830191825263ffffffff60806108cf600284016138d8565b6040860190815262ffffff60e0600460038701549660608a0197885201549684890197885261ffff60a06040519a516001600160a01b038151168c5265ffffffffffff60208201511660208d01528260408201511660408d015260ff60608201511660608d015260ff8882015116888d015201511660a08a0152516001600160401b0381511660c08a01526001600160401b03602082015116828a01526001600160401b036040820151166101008a015261ffff6060820151166101208a01528481015115156101408a015260a081015115156101608a015260c081015115156101808a01520151166101a0870152516001600160401b038151166101c08701526001600160401b036020820151166101e08701526001600160401b03604082015116610200870152826060820151166102208701520151166102408401525161026083015251610280820152f35b34610223576060366003190112610223576024356001600160401b03811161022357610a4e90369060040161371a565b6001600160401b036044351161022357606060443536036003190112610223575f906004355f52600560205260405f2090610a8882613bb1565b916004610a96368488613943565b6020815191012091015403610ed257610ab3604435600401613c0c565b63ffffffff61ffff604085015116911610801590610ec4575b610e855760ff6060830151165f945f90610aef6044803501604435600401613a9c565b92905060498084048082029181159183041417156103c657610b1a6044803501604435600401613a9c565b91905014801590610e78575b610e3957604051939490929190610b3e60e0866138b7565b60e03686375f908180805b604987048110610c75578c8c8c5f6001600160401b038e8e6007805b610c245750505017809360ff6060840151168110610bd75760808301515f9060ff1686865b81151580610bce575b15610bbe57811990600182018092116103c657610bb7918316809117921893613c1d565b9290610b8a565b6040908382519182526020820152f35b50828410610b93565b60849260ff6060610bf5610bef604435600401613c0c565b95614faf565b920151169163ffffffff6040519463091c025360e41b8652166004850152602484015260448301526064820152fd5b610c2d906150f6565b8094600184831c16155f14610c6257610c468284615379565b5185161793610c558284615379565b511916945b949394610b65565b93610c6d8284615379565b511694610c5a565b610c916044809e969798999e9b9a9b3501604435600401613a9c565b50604982020194600186013560c01c96601c860487355f1a1015610e39576001600160a01b03601c88355f1a028a013560601c9116811115610e3957809660018982355f1a1c16158015610e2b575b610e1c57848903610d92575b818160096029610d0194013591013588613d20565b15908115610d82575b50610d7557610d198791613c1d565b9d17958a815f925b610d3d5750505060016049915b01905098979896959496610b49565b8281610d67610d6d93610d508487615379565b511891610d5d8487615379565b5116958695615379565b52613c1d565b918c91610d21565b9c95506001604991610d2e565b90505f5260016020525f8f610d0a565b9450879350610d0181610e13610dac600460443501613c0c565b60405163ffffffff60208201927f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a50845260043560408401521660608201526024604435013560808201528c60a082015260a08152610e0b60c0826138b7565b519020613cdf565b96915050610cec565b50509c95506001604991610d2e565b5088601c88041c1515610ce0565b63ffffffff610e4c604435600401613c0c565b7f7252bfa7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b5060406049840411610b26565b63ffffffff610e98604435600401613c0c565b7f1de87d61000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b506024604435013515610acc565b7fac6cbd16000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610223575f3660031901126102235760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610223576040366003190112610223576004356001600160401b03811680820361022357610f6a61379c565b917f0000000000000000000000000000000000000000000000000000000000000000906001600160a01b03821633036107395761057d93600454907fffffffffffffffff00000000000000000000000000000000ffffffffffffffff67ffffffffffffffff60801b61102367ffffffffffffffff60401b610ff7876001600160401b038860401c16613988565b60401b16936001600160401b03856fffffffffffffffff00000000000000001988161760801c16613988565b60801b169216171760045567ffffffffffffffff60801b1967ffffffffffffffff60801b61105f5f54936001600160401b038560801c16613988565b60801b169116175f557f0000000000000000000000000000000000000000000000000000000000000000614e41565b34610223576020366003190112610223576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610739576004355f526005602052600160405f200160ff60d81b1981541690555f80f35b3461022357604036600319011261022357611108613747565b7f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc6020611133613773565b60026001600160a01b03851694855f526001845261115560405f208092614f56565b0180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b1691161790556001600160a01b0360405191168152a2005b34610223576020366003190112610223576111cb613747565b6001600160a01b038116805f52600160205260405f2091600283016001600160401b038154169384156105b95761122a65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b65ffffffffffff600183015460801c168091106113155750936001600160401b03926001600160a01b036112d59361057d97861982541682555f548761127287828416613a7c565b1690881916175f55873303611305575b505460401c16806112fd5750935b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b03881681525f6020820152846040820152a25f613988565b16907f0000000000000000000000000000000000000000000000000000000000000000614e41565b905093611290565b61130f9084614f56565b88611282565b7fb015252c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610223575f36600319011261022357600454604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b34610223576060366003190112610223576004356113a7613789565b6044359063ffffffff8216809203610223576113c282613a51565b916113d060405193846138b7565b8083526113dc81613a51565b602084019190601f19013683376113f281613a51565b9461140060405196876138b7565b81865261140c82613a51565b602087019490601f190136863763ffffffff165f5b8381106114ae5750505050604051938493604085019060408652518091526060850192905f5b818110611495575050506020908483038286015251918281520191905f5b818110611473575050500390f35b82516001600160401b0316845285945060209384019390920191600101611465565b8251855287965060209485019490920191600101611447565b600190835f999697989952600660205260405f206114cc8285613a44565b5f5260205260405f20546114e0828b613a68565b526114eb8184613a44565b61152457835f5260056020526001600160401b0380600260405f20015460801c165b166115188288613a68565b52019695949396611421565b6001600160401b0361153f6115398386613a44565b86614ef1565b61150d565b34610223575f3660031901126102235760206040517f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8152f35b3461022357604036600319011261022357611597613747565b602435908115158092036102235760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156105ae576001600160a01b039160c0915f916116e7575b5001511633036116bf576001600160a01b031690815f52600160205260405f2054156116ac5760207f04881682880396c5d7f330e192fcd4f8b3d4645842908712b7a005170b3120cc91835f5260018252600160405f200180547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff000000000000000000000000000000000000000000000000000000000000008460f81b169116179055604051908152a2005b5063bfc6c33760e01b5f5260045260245ffd5b7f7a241b02000000000000000000000000000000000000000000000000000000005f5260045ffd5b611700915060e03d60e0116105a75761059981836138b7565b856115fe565b346102235760603660031901126102235761171f61375d565b6004355f52600860205260405f206024355f526020526001600160a01b0360405f2091165f52602052602060ff60405f2054166040519015158152f35b34610223575f36600319011261022357602060405164075cd788008152f35b34610223575f36600319011261022357602060405160408152f35b34610223575f36600319011261022357602060405160038152f35b34610223575f3660031901126102235760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b346102235760803660031901126102235761180d613747565b50611816613773565b604435906064356001600160401b0381116102235761183990369060040161371a565b6001600160a01b039391937f000000000000000000000000000000000000000000000000000000000000000016330361205f578390604081036119da579060409181010312610223576001600160a01b036118986020853595016137b2565b921691825f5260016020526001600160401b03600160405f200154166001600160401b036118c68483613a44565b92168092036119a75750506001600160401b03168215610659576001600160401b037f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2291835f52600160205281600160405f208781540361199f575b83611969575b015460408051938516845291169092166020820152a35b60206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b8181018361197a8682845416613988565b1684198254161790555f548361199286828416613988565b1690841916175f55611928565b878155611922565b82907ff36d1546000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b81939293010360c081126102235760a090601f19011261022357604051611a008161384a565b602084013563ffffffff81168103610223578152611a2060408501613ace565b60208201908152611a3360608601613ace565b9060408301918252611a47608087016137b2565b9260608101938452611a5b60a088016137b2565b9460808201958652604051967f563e13ac0000000000000000000000000000000000000000000000000000000088526060886004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156105ae575f5f995f93612005575b50611fdd5789355f52600560205260405f20928354916001600160a01b038316611fb557611b2365ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b8c3515908115611fa5575b8115611f91575b8115611f83575b8115611f6e575b8115611f5d575b8115611f47575b8115611f24575b508015611f14575b611eec57611b8f611b836001600160401b038b511663ffffffff89511690613930565b61ffff8a511690613930565b61ffff8c166127100180612710116103c657611baa91613930565b6127108101908181116103c65761270f019081116103c6576127109004808210611ebd57506001600160401b03169989518651908851928a519460405190611bf182613865565b6001600160a01b0316608052608051815265ffffffffffff8316602082015261ffff8416604082015260ff8516606082015260ff8616608082015261ffff82169060a0015260f01b7fffff0000000000000000000000000000000000000000000000000000000000001694608051907fffffffff0000000000000000000000000000000000000000000000000000000016177fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060a01b79ffffffffffff000000000000000000000000000000000000000016177fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060d01b7bffff000000000000000000000000000000000000000000000000000016177dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060e01b60ff60e01b16179060e81b7dff00000000000000000000000000000000000000000000000000000000001617178255600182016001600160401b0389166001600160401b031982541617905585516001600160401b03169160405191611d948361384a565b8383526001600160401b0381811660208501525f604080860182905263ffffffff4316606087015260809095015260029290920180546fffffffffffffffffffffffffffffffff19169290941691909117911b67ffffffffffffffff60401b1617815580546fffffffffffffffffffffffffffffffff1663ffffffff60c01b4360c01b16179055600454611e31876001600160401b038316613988565b6001600160401b0316906001600160401b031916176004556040519586525163ffffffff1660208601525161ffff1660408501525161ffff166060840152516001600160401b03166080830152516001600160401b031660a082015260805191359060c07f3252f633cb260f928bcc17bd811cf265c00f1ca28b3aaf5f107c129973da798c91a361193f565b907fd49dd943000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f8dc59921000000000000000000000000000000000000000000000000000000005f5260045ffd5b506001600160401b038111611b60565b90506001600160401b038b511664075cd7880082018092116103c657118d611b58565b8091506001600160401b038c5116111590611b51565b9050602061ffff8a51161190611b4a565b905061ffff88511661ffff8a51161090611b43565b885161ffff16159150611b3c565b905061100063ffffffff8851161190611b35565b875163ffffffff16159150611b2e565b7ff47d2b88000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fef34f7ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b92505097506060813d606011612057575b81612023606093836138b7565b810103126102235780519788151589036102235761204f604061204860208501613af1565b9301613b00565b91988b611acd565b3d9150612016565b7ff43c367c000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610223575f3660031901126102235761213f6120c37f000000000000000000000000000000000000000000000000000000000000000061516a565b6120ec7f00000000000000000000000000000000000000000000000000000000000000006152a9565b602061214d604051926120ff83856138b7565b5f84525f3681376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e08588015260e08701906137f6565b9085820360408701526137f6565b4660608501523060808501525f60a085015283810360c08501528180845192838152019301915f5b82811061218457505050500390f35b835185528695509381019392810192600101612175565b34610223576060366003190112610223576024356001600160401b038111610223576121cb90369060040161371a565b906044356001600160401b038111610223576121eb9036906004016137c6565b916004355f52600560205260405f209361220485613c5b565b91612211600187016139c4565b9561221e600282016138d8565b9060a08801516127cb5763ffffffff608083015116156127a35761226a65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b65ffffffffffff602087015116111561277b57612288368585613943565b60208151910120600482015403610ed2576001600160401b03602089015116906001600160401b0360408a0151166001600160401b03604085015116905f6060905f905b8c82101561231e578160051b8c0135605e198d360301811215610223578b8f8b8f8e926122ff958e920194600435614408565b8051612313575050600180915b01906122cc565b92509060019061230c565b90508998508c969597501561275e57506123ae6123a26001600160401b0392836123906123846040519b6123518d61389c565b8c60606004548681168352868160401c166020840152868160801c16604084015260c01c9101528360208d015116613a7c565b8260208d015116613988565b1660208a015283604089015116613a7c565b82604089015116613988565b1660408601525f9461ffff60608601511661ffff6040890151161480612752575b6126ea575b80516020808301516040808501516060909501516001600160c01b031960c09190911b1667ffffffffffffffff60801b60809690961b959095166001600160401b0394851667ffffffffffffffff60401b93831b84161717949094176004558751600187018054938a015190951b90911692166fffffffffffffffffffffffffffffffff199091161717905561249d6001600160401b03604086015116600184019067ffffffffffffffff60801b1967ffffffffffffffff60801b83549260801b169116179055565b6060840151600183018054608087015160a088015163ffffffff60c01b1990921660c09490941b61ffff60c01b169390931792151560d01b60ff60d01b169290921791151560d81b60ff60d81b1691909117905560c08401511515937fffffff000000000000000000000000000000000000000000000000000000000060e0600185015492015160e81b16906001600160e01b0360ff60e01b8760e01b169116171760018301556001600160401b036040840151169081036125e2575b50505061256357005b6001600160a01b038251166001600160401b036040519216918281527f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe8602060043592a3806125ae57005b6001600160a01b0361057d9251167f0000000000000000000000000000000000000000000000000000000000000000614e41565b63ffffffff60808461267f6002946001600160401b03806126e2995116166001600160401b0319878901541617868801556126546001600160401b03602085015116878901906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b8587019067ffffffffffffffff60801b1967ffffffffffffffff60801b83549260801b169116179055565b606081015163ffffffff60c01b1963ffffffff60c01b868801549260c01b16911617848601550151169101906001600160e01b037fffffffff0000000000000000000000000000000000000000000000000000000083549260e01b169116179055565b83808061255a565b945060606127276127136001600160401b038751166001600160401b0360208901511690613a7c565b6001600160401b0360408801511690613a7c565b95600160c08701526001600160401b0361274688828585015116613988565b168282015290506123d4565b506080850151156123cf565b80511561276d57602081519101fd5b62560ff960e81b5f5260045ffd5b7fef3ceaeb000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f6b23f54b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f156290fd000000000000000000000000000000000000000000000000000000005f5260045ffd5b346102235760c03660031901126102235760043561280f613789565b9061281861375d565b3660a4116102235760a4356001600160401b038111610223578060040193366044830111610223575f9363ffffffff8216855b600281109687156129c0578160051b9061286a6004838901018b613a9c565b92909160488403612943576001851490816129b2575b81612992575b5061297f57826008116102235781356001600160c01b031981169a1561296b5761290c91606401906001600160401b036040519160208301937f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a5085528a604085015289606085015235608084015260c01c1660a082015260a08152610e0b60c0826138b7565b8260281161022357612936926129308a9360286008820135936027190191016139a8565b91613d20565b156129435760010161284b565b7f57aa51ca000000000000000000000000000000000000000000000000000000005f5260045ffd5b634e487b7160e01b5f52603260045260245ffd5b8463054fbeb160e31b5f5260045260245ffd5b905083600811610223576001600160c01b0319808435169116148c612886565b606435608435149150612880565b61057d878686613dda565b3461022357602036600319011261022357600435805f52600560205260405f206129f481613c5b565b612a00600183016139c4565b9160a08301516127cb5765ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001693612a3e8542613930565b602084019065ffffffffffff825116809110612a61575b505061057d94506141cf565b61ffff60608701511661ffff604087015116145f14612b235750612ae1612ada612aab65ffffffffffff6001600160401b039451166407fffff80060e08a0151600b1b1690613a7c565b65ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690613988565b9642613930565b9516809510612af75761057d94505b8580612a55565b847f6fc0e7fa000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9550506001600160a01b038351163314801590612b75575b612b495761057d9450612af0565b847f58ea3381000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50600282015460e01c1515612b3b565b34610223576020366003190112610223576020612ba0613747565b6001600160a01b0381165f52600182526001600160a01b03600260405f20015460401c16908115612bde575b506001600160a01b0360405191168152f35b905082612bcc565b34610223576020366003190112610223576004356001600160401b03811161022357612c169036906004016137c6565b612c1f81613a51565b91612c2d60405193846138b7565b818352601f19612c3c83613a51565b015f5b818110612e195750505f5b82811015612d35578060051b820135906001600160a01b038216809203610223576001915f528160205260405f206001600160a01b03600260405192612c8f8461381a565b80548452858101546001600160401b03811660208601526001600160401b038160401c16604086015265ffffffffffff8160801c16606086015264ffffffffff8160b01c16608086015262ffffff8160d81c1660a086015260ff8160f01c1660c086015260f81c151560e085015201546001600160401b03811661010084015260401c16610120820152612d238287613a68565b52612d2e8186613a68565b5001612c4a565b836040518091602082016020835281518091526020604084019201905f5b818110612d61575050500390f35b9193509160206101406001926001600160a01b036101208851805184526001600160401b038682015116868501526001600160401b03604082015116604085015265ffffffffffff606082015116606085015264ffffffffff608082015116608085015262ffffff60a08201511660a085015260ff60c08201511660c085015260e0810151151560e08501526001600160401b0361010082015116610100850152015116610120820152019401910191849392612d53565b602090604051612e288161381a565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f61012082015282828801015201612c3f565b34610223575f366003190112610223575f54604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b3461022357606036600319011261022357612ed161379c565b6044359065ffffffffffff8216809203610223576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610739576004355f52600560205260405f2091612f2d83613c5b565b9160018401916002612f3e846139c4565b95015460e01c156127a35760a08501516127cb5761ffff60608601511661276d57612f9a90612f9565ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b613a44565b65ffffffffffff602085015116111561277b57612710612fcd61ffff60a06001600160401b038095169601511685613930565b0416916001600160401b03612fe28483613a44565b94511680941161302057815460ff60d81b19167b01000000000000000000000000000000000000000000000000000000178255604051838152602090f35b611ebd929150613a44565b346102235760a036600319011261022357600435613047613789565b61304f61375d565b906064356084356001600160401b0381116102235761307290369060040161371a565b9091855f52600660205260405f209063ffffffff851691825f5260205260405f2054801561314f57811461313c57906130f0916040519060208201927f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b84528960408401526060830152608082015260808152610e0b60a0826138b7565b91604082149283159361310e575b5050506129435761057d92613dda565b9091809350602011610223576131339261293086936020813593601f190191016139a8565b158480806130fe565b5063054fbeb160e31b5f5260045260245ffd5b827fa0ad82c8000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610223575f36600319011261022357602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610223575f3660031901126102235760206040517f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508152f35b3461022357602036600319011261022357613210613747565b6001600160a01b038116805f52600160205260405f209160018301926001600160401b03845460401c169384156105b95761057d946001600160401b03936001600160a01b0360026112d595856fffffffffffffffff0000000000000000195f9754169055855467ffffffffffffffff60801b1967ffffffffffffffff60801b61329f888c8560801c16613988565b60801b16911617865588330361330d575b015460401c16801584146133055750945b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0389168152846020820152856040820152a2613988565b9050946132c1565b6133178185614f56565b6132b0565b34610223575f3660031901126102235760206040516110008152f35b34610223576060366003190112610223576024356004356044356001600160401b0381116102235761336e90369060040161371a565b90825f52600560205260405f2061338481613c5b565b906002810191613393836138d8565b906001600160a01b0381511633036135d95763ffffffff6080830151166135b2576133e665ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b65ffffffffffff602083015116111561277b57871561358a57601c860490601c8202828104601c14831517156103c657871490811591613579575b50801561356f575b613544575f5b8181106134e257505050916134b8604092848860037fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b989701556004613476368887613943565b80516020919091012091015580546001600160e01b03164360e01b7fffffffff0000000000000000000000000000000000000000000000000000000016179055565b82825193849260208452816020850152848401375f828201840152601f01601f19168101030190a3005b6001600160401b03601c820287013560201c166001600160401b038451169081811161351257505060010161342f565b827f5e5b3c63000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b7fa78e3cf1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060408111613429565b60ff91506060015116811089613421565b7f185c1dff000000000000000000000000000000000000000000000000000000005f5260045ffd5b7eb47a0f000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5fc483c5000000000000000000000000000000000000000000000000000000005f5260045ffd5b346102235760203660031901126102235760043560ff81169081810361022357335f52600160205260405f2054156136ef5760038210156136c757335f526001602052600160405f2001907fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7eff00000000000000000000000000000000000000000000000000000000000083549260f01b1691161790556040519081527f86ca834ed77043799de2a6c996fa4b79fadfb467b4694e233b20c43aa072821860203392a2005b7fd5c84cfb000000000000000000000000000000000000000000000000000000005f5260045ffd5b63bfc6c33760e01b5f523360045260245ffd5b34610223575f36600319011261022357806020809252f35b9181601f84011215610223578235916001600160401b038311610223576020838186019501011161022357565b600435906001600160a01b038216820361022357565b604435906001600160a01b038216820361022357565b602435906001600160a01b038216820361022357565b6024359063ffffffff8216820361022357565b602435906001600160401b038216820361022357565b35906001600160401b038216820361022357565b9181601f84011215610223578235916001600160401b038311610223576020808501948460051b01011161022357565b805180835260209291819084018484015e5f828201840152601f01601f1916010190565b61014081019081106001600160401b0382111761383657604052565b634e487b7160e01b5f52604160045260245ffd5b60a081019081106001600160401b0382111761383657604052565b60c081019081106001600160401b0382111761383657604052565b61010081019081106001600160401b0382111761383657604052565b608081019081106001600160401b0382111761383657604052565b90601f801991011681019081106001600160401b0382111761383657604052565b906040516138e58161384a565b60808193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b0381831c16604084015263ffffffff8160c01c16606084015260e01c910152565b818102929181159184041417156103c657565b9291926001600160401b038211613836576040519161396c601f8201601f1916602001846138b7565b829481845281830111610223578281602093845f960137010152565b906001600160401b03809116911601906001600160401b0382116103c657565b3590602081106139b6575090565b5f199060200360031b1b1690565b906040516139d181613880565b60e08193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b038160801c16604084015261ffff8160c01c16606084015260ff8160d01c161515608084015260ff8160d81c16151560a084015260ff81831c16151560c084015260e81c910152565b919082018092116103c657565b6001600160401b0381116138365760051b60200190565b805182101561296b5760209160051b010190565b906001600160401b03809116911603906001600160401b0382116103c657565b903590601e198136030182121561022357018035906001600160401b0382116102235760200191813603831361022357565b359061ffff8216820361022357565b51906001600160a01b038216820361022357565b519061ffff8216820361022357565b51906001600160401b038216820361022357565b908160e0910312610223576040519060e082018281106001600160401b0382111761383657613ba99160c091604052613b4c81613add565b8452613b5a60208201613af1565b6020850152613b6b60408201613af1565b6040850152613b7c60608201613af1565b6060850152613b8d60808201613b00565b6080850152613b9e60a08201613add565b60a085015201613add565b60c082015290565b90604051613bbe81613865565b60a08193546001600160a01b038116835265ffffffffffff81831c16602084015261ffff8160d01c16604084015260ff8160e01c16606084015260ff8160e81c16608084015260f01c910152565b3563ffffffff811681036102235790565b5f1981146103c65760010190565b60405190613c3882613865565b5f60a0838281528260208201528260408201528260608201528260808201520152565b90613c64613c2b565b50613c6e82613bb1565b916001600160a01b0383511615613cb7576001015460e01c60ff16613c8f57565b7f4a0be34b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f97736927000000000000000000000000000000000000000000000000000000005f5260045ffd5b604290613cea614fda565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316927f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084118015613dc9575b613dc057601b9060ff1c019060ff82116103c6576020935f9360ff60809460405194855216868401526040830152606082015282805260015afa156105ae576001600160a01b03805f51921691161490565b50505050505f90565b506001600160a01b03851615613d6e565b91825f52600860205263ffffffff60405f20921691825f5260205260405f206001600160a01b0382165f5260205260ff60405f2054166141a7576001600160a01b0390835f52600860205260405f20835f5260205260405f208282165f5260205260405f20600160ff198254161790551691825f52600160205260405f20805415614194576040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156105ae575f92614173575b50600181019060026001600160401b038354169101613ee8613ed96001600160401b0383541684613a44565b61ffff60408701511690613930565b61270f81018091116103c657613f37613f2e6001600160401b0361271081940416948086105f146141685783613f1f878093613a7c565b16841988541617875585613a7c565b82845416613a7c565b166001600160401b0319825416179055815492600162ffffff8560d81c16019262ffffff84116103c6577fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c9056947fffff000000ffffffffffffffffffffffffffffffffffffffffffffffffffffff7dffffff00000000000000000000000000000000000000000000000000000060609660d81b169116179055604051613fdb8161389c565b5f54906001600160401b0382168152602081016001600160401b038360401c1681526001600160401b036040830192818560801c1684528781019460c01c8552816140298882845116613a7c565b1681528161403a8882865116613988565b169283905251925193516001600160401b0391909316811660409290921b67ffffffffffffffff60401b169190911760809390931b67ffffffffffffffff60801b169290921760c09190911b6001600160c01b031916175f5581840151612710906140a99061ffff1685613930565b0416906001600160a01b03815116604051908482528360208301526040820152887f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a863393a381614138575b818311614112575b506040519182523360208301526040820152a4565b6001600160a01b036141329151166001600160401b036112d58486613a7c565b5f6140fd565b61416382337f0000000000000000000000000000000000000000000000000000000000000000614e41565b6140f5565b83613f1f8280613a7c565b61418d91925060e03d60e0116105a75761059981836138b7565b905f613ead565b8363bfc6c33760e01b5f5260045260245ffd5b7f37233762000000000000000000000000000000000000000000000000000000005f5260045ffd5b9091927c01000000000000000000000000000000000000000000000000000000006001600160401b03825116916142a06001600160401b0361421960208401958287511690613a7c565b61427882600161423160408801948386511690613a7c565b9a8160c0890152019781808851161682198a5416178955511687906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b51855467ffffffffffffffff60801b1916911660801b67ffffffffffffffff60801b16178455565b60608101518354608083015160a084015163ffffffff60c01b1990921660c09390931b61ffff60c01b169290921791151560d01b60ff60d01b169190911790151560d81b60ff60d81b161783556001600160e01b037fffffff000000000000000000000000000000000000000000000000000000000060e0855493015160e81b1691161717905560045477ffffffffffffffffffffffffffffffffffffffffffffffff6001600160c01b0319614359858460c01c613988565b60c01b169116176004556001600160a01b03835116907f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe860206001600160401b03604051951694858152a3806143ad575050565b6001600160a01b036143e19251167f0000000000000000000000000000000000000000000000000000000000000000614e41565b565b919082039182116103c657565b63ffffffff5f199116019063ffffffff82116103c657565b959493929190610180526101e0526102405261026052610200526102205261443261022051613c0c565b63ffffffff61ffff60406101805101515f60a05216911610801590614e32575b614e2157805f52600660205260405f2063ffffffff61447361022051613c0c565b165f5260205260405f205480151590818061016052614e0f575b50614df05760ff6060610180510151166001600160401b036020610240510151165f60c0525f6101c0525f915f6101c0526144d16040610220510161022051613a9c565b905060498082048082029181159183041417156103c6576144fb6040610220510161022051613a9c565b91905014801590614de3575b614dd25790916040519161451c60e0846138b7565b60e03684375f918280805b604985048610614b82575050505050505f916001600160401b03916007805b614b31575050501760c05260ff60606101805101511681108015614b27575b614ac7575063ffffffff61457b61022051613c0c565b16614aa7576001600160401b036040610240510151165b6145af60ff6080610180510151166145a983614faf565b906143e3565b61024051602001516001600160401b03166101005260e0525f6101408190526101208190525b811960c05116610120511c151580614a9c575b1561475d576001821960c05116610120511c161561475757601c610120510261026051013560601c5f526001602052600160405f200190815491610100516001600160401b0384161061474e576146636001600160401b03601c610120510261026051013560201c166001600160401b038560401c16613988565b600164ffffffffff8560b01c16019164ffffffffff83116103c657614728947fffffffffff0000000000ffffffffffffffffffffffffffffffffffffffffffff7affffffffff000000000000000000000000000000000000000000006146f99560b01b169116178155906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b6001610120511b6101405117610140526001600160401b03601c610120510261026051013560201c1690613988565b9161473460e0516150f6565b60e0525b61474461012051613c1d565b61012052916145d5565b50929050614738565b91614738565b91906101605161016051614a91575b614a6d576001600160401b0383166001600160401b0361271061479a61ffff60a06101805101511684613930565b0416936001600160401b036147b960206101e051019282845116613988565b16905260406101e051016001600160401b036147d88682845116613988565b16905263ffffffff6147ec61022051613c0c565b16614a11576001600160401b036101405183171660406102405101525b610160516149aa576020610220510135938360a051526006602052604060a0512063ffffffff61483b61022051613c0c565b1660a0515260205284604060a051205560606101e051019161ffff8351169161ffff8314614992577f83e792f163c20884551ef927d31d5838d89ae60df4ccdac58162777b115565769460809461ffff600163ffffffff960116905262ffffff6148e065ffffffffffff6020610180510151166145a965ffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613930565b600b1c1660e06101e051015260e051151580614984575b614945575b5061490961022051613c0c565b916040519788526001600160401b0361014051166020890152604088015260608701521693a360405161493d6020826138b7565b60a051815290565b61497590610200519061026051906001600160401b03602061024051015116906101405117196101c05116615102565b1515846101e05101525f6148fc565b50846101e0510151156148f7565b634e487b7160e01b60a051526011600452602460a051fd5b927f412e931ece982861979a110e7f5b756628db1f371c04a16fc9b137cd9299b252915063ffffffff6060916149e261022051613c0c565b90604051966001600160401b0361014051168852602088015260408701521693a360405161493d6020826138b7565b60c0614a27614a2261022051613c0c565b6143f0565b60061b165f60a052835f52600760205260405f20633fffffff614a4f614a2261022051613c0c565b60021c165f5260205260405f209061014051901b8154179055614809565b50505060405162560ff960e81b602082015260048152614a8e6024826138b7565b90565b50610140511561476c565b5060e05115156145e8565b614ac263ffffffff614abb61022051613c0c565b1682614ef1565b614592565b9050614ad561022051613c0c565b90614ae160c051614faf565b60ff6060610180510151169163ffffffff6040519463091c025360e41b602087015216602485015260448401526064830152608482015260848152614a8e60a4826138b7565b5060c05115614565565b614b3a906150f6565b8094600184831c16155f14614b6f57614b538284615379565b5185161793614b628284615379565b511916945b949394614546565b93614b7a8284615379565b511694614b67565b614b9f60406102209a93949596979a999899510161022051613a9c565b906101a05250601c610200510460498a026101a05101355f1a1015614dd2576001600160a01b0316601c60498a026101a05101355f1a0261026051013560601c1115614dd2576101a0516102605160498a0290910180355f1a601c81029092013560601c929160019182013560c01c901c16158015614db2575b614cd85782600160498b026101a05101013560c01c03614d1b575b6101a05161026051614c659160498c020180355f1a601c02919091013560601c906029810135906009013587613d20565b158015614ce3575b614cd857614c7a90613c1d565b6101a0516101c0805160498c02929092016001013560c01c91821790529098905f908990805b614cbd5750505060016049915b0195949392919050969596614527565b8281610d67614cd093610d508487615379565b918a91614ca0565b976001604991614cad565b50601c60498a026101a05101355f1a0261026051013560601c5f526001602052846001600160401b03600160405f2001541610614c6d565b925090506001604988026101a05101013560c01c90614dac614d3f61022051613c0c565b60405163ffffffff60208201927f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a5084528d604084015216606082015260206102205101356080820152600160498c026101a05101013560c01c60a082015260a08152610e0b60c0826138b7565b92614c34565b50600160498a026101a05101013560c01c601c61020051041c1515614c19565b63ffffffff610e4c61022051613c0c565b5060406049820411614507565b5060405162560ff960e81b602082015260048152614a8e6024826138b7565b9050602061022051013514155f61448d565b63ffffffff610e9861022051613c0c565b50602061022051013515614452565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615614ed0575b60405215614e9b5750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516614ee857823b15153d15161690614e90565b503d5f823e3d90fd5b5f52600760205260405f205f1982018281116103c65760021c5f52602052600460405f2054915f199008907f03ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff821682036103c6576001600160401b039160061b1c1690565b6001600160a01b0360028193015460401c1680155f14614fa857505b16803303614f7d5750565b7f2eb2e80b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9050614f72565b90815f925b614fbb5750565b915f1983018381116103c657614fd49316928391613c1d565b92614fb4565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163014806150cd575b15615035577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526150c760c0826138b7565b51902090565b507f0000000000000000000000000000000000000000000000000000000000000000461461500c565b80156103c6575f190190565b9250905f5b83811c8015613dc0576001161561516157601c810282013560601c5f5260016020526001600160401b03600160405f200154166001600160401b03841611156151585761515390613c1d565b615107565b50505050600190565b61515390613c1d565b60ff81146151c95760ff811690601f82116151a1576040519161518e6040846138b7565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b506040515f6002548060011c916001821691821561529f575b60208410831461528b57838552849290811561526c575060011461520d575b614a8e925003826138b7565b5060025f90815290917f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace5b818310615250575050906020614a8e92820101615201565b6020919350806001915483858801015201910190918392615238565b60209250614a8e94915060ff191682840152151560051b820101615201565b634e487b7160e01b5f52602260045260245ffd5b92607f16926151e2565b60ff81146152cd5760ff811690601f82116151a1576040519161518e6040846138b7565b506040515f6003548060011c916001821691821561536f575b60208410831461528b57838552849290811561526c575060011461531057614a8e925003826138b7565b5060035f90815290917fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b5b818310615353575050906020614a8e92820101615201565b602091935080600191548385880101520191019091839261533b565b92607f16926152e6565b90600781101561296b5760051b019056",
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
// Solidity: constructor(address token_, address parameters_, address batches_, uint48 unbondingDelay_, uint48 topUp_, uint48 tick_) returns()
func (marketplace *Marketplace) PackConstructor(token_ common.Address, parameters_ common.Address, batches_ common.Address, unbondingDelay_ *big.Int, topUp_ *big.Int, tick_ *big.Int) []byte {
	enc, err := marketplace.abi.Pack("", token_, parameters_, batches_, unbondingDelay_, topUp_, tick_)
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
// the contract method with ID 0x8313e16b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim(bytes32 id, bytes seats, (uint32,bytes32,bytes)[] certificates) returns()
func (marketplace *Marketplace) PackClaim(id [32]byte, seats []byte, certificates []MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("claim", id, seats, certificates)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8313e16b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(bytes32 id, bytes seats, (uint32,bytes32,bytes)[] certificates) returns()
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
func (marketplace *Marketplace) TryPackJob(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("job", id)
}

// UnpackJob is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb371c60.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool,uint24),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
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
// Solidity: function onTransferReceived(address , address from, uint256 value, bytes data) returns(bytes4)
func (marketplace *Marketplace) PackOnTransferReceived(arg0 common.Address, from common.Address, value *big.Int, data []byte) []byte {
	enc, err := marketplace.abi.Pack("onTransferReceived", arg0, from, value, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onTransferReceived(address , address from, uint256 value, bytes data) returns(bytes4)
func (marketplace *Marketplace) TryPackOnTransferReceived(arg0 common.Address, from common.Address, value *big.Int, data []byte) ([]byte, error) {
	return marketplace.abi.Pack("onTransferReceived", arg0, from, value, data)
}

// UnpackOnTransferReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x88a7ca5c.
//
// Solidity: function onTransferReceived(address , address from, uint256 value, bytes data) returns(bytes4)
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
// the contract method with ID 0xd51eae13.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payees(bytes32 id, bytes seats, (uint32,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
func (marketplace *Marketplace) PackPayees(id [32]byte, seats []byte, c MarketplaceCertificate) []byte {
	enc, err := marketplace.abi.Pack("payees", id, seats, c)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayees is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd51eae13.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payees(bytes32 id, bytes seats, (uint32,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
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
// from invoking the contract method with ID 0xd51eae13.
//
// Solidity: function payees(bytes32 id, bytes seats, (uint32,bytes32,bytes) c) view returns(uint256 paid, uint256 replicas)
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
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid)
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
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid)
func (marketplace *Marketplace) TryPackResults(id [32]byte, first uint32, count uint32) ([]byte, error) {
	return marketplace.abi.Pack("results", id, first, count)
}

// ResultsOutput serves as a container for the return parameters of contract
// method Results.
type ResultsOutput struct {
	Digests [][32]byte
	Paid    []uint64
}

// UnpackResults is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbba72289.
//
// Solidity: function results(bytes32 id, uint32 first, uint32 count) view returns(bytes32[] digests, uint64[] paid)
func (marketplace *Marketplace) UnpackResults(data []byte) (ResultsOutput, error) {
	out, err := marketplace.abi.Unpack("results", data)
	outstruct := new(ResultsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Digests = *abi.ConvertType(out[0], new([][32]byte)).(*[][32]byte)
	outstruct.Paid = *abi.ConvertType(out[1], new([]uint64)).(*[]uint64)
	return *outstruct, nil
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
// Solidity: event Locked(bytes32 indexed job, address indexed owner, uint64 budget, (uint32,uint16,uint16,uint64,uint64) terms)
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
	if bytes.Equal(raw[:4], marketplace.abi.Errors["NotContradicted"].ID.Bytes()[:4]) {
		return marketplace.UnpackNotContradictedError(raw[4:])
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
