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
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"contractParameters\",\"name\":\"parameters_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"batches_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadySettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadySlashed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seat\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"ask\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"}],\"name\":\"AskTooHigh\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AwardExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadEvidence\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadRole\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seats\",\"type\":\"uint256\"}],\"name\":\"BadSeatCount\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"BadSignatures\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadTerms\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"budget\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"needed\",\"type\":\"uint256\"}],\"name\":\"BudgetTooSmall\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"EscrowPaused\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InvalidShortString\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobBatched\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobClosed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExists\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"JobExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoAward\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoJob\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"counted\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"named\",\"type\":\"uint256\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"}],\"name\":\"NoQuorum\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NoSuchTask\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotContradicted\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"}],\"name\":\"NotSettled\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyBatches\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"OnlyPayout\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyVerifier\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherSeats\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"name\":\"RefundTooEarly\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"str\",\"type\":\"string\"}],\"name\":\"StringTooLong\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"Anchored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"name\":\"Convicted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[],\"name\":\"EIP712DomainChanged\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"FeesCollected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"tasks\",\"type\":\"uint32\"},{\"internalType\":\"uint16\",\"name\":\"quorum\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"replicas\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"}],\"indexed\":false,\"internalType\":\"structMarketplace.Terms\",\"name\":\"terms\",\"type\":\"tuple\"}],\"name\":\"Locked\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"PayoutSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Refunded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"RoleSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"seats\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"Verified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"ATTESTED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"BASE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REPLICAS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TASKS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_TERM\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"REVEALED\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"ROLES\",\"outputs\":[{\"internalType\":\"uint8\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"}],\"name\":\"anchor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"}],\"name\":\"bank\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"batches\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"books\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"staked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"slashed\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"withdrawn\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"collected\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate[]\",\"name\":\"certificates\",\"type\":\"tuple[]\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"}],\"name\":\"finish\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"job\",\"outputs\":[{\"components\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"expiry\",\"type\":\"uint48\"},{\"internalType\":\"uint16\",\"name\":\"tasks\",\"type\":\"uint16\"},{\"internalType\":\"uint8\",\"name\":\"quorum\",\"type\":\"uint8\"},{\"internalType\":\"uint8\",\"name\":\"replicas\",\"type\":\"uint8\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"}],\"internalType\":\"structMarketplace.Head\",\"name\":\"head\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"budget\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint16\",\"name\":\"settled\",\"type\":\"uint16\"},{\"internalType\":\"bool\",\"name\":\"narrow\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"batched\",\"type\":\"bool\"},{\"internalType\":\"bool\",\"name\":\"closed\",\"type\":\"bool\"}],\"internalType\":\"structMarketplace.Money\",\"name\":\"money\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"first\",\"type\":\"uint64\"},{\"internalType\":\"uint32\",\"name\":\"locked\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"anchored\",\"type\":\"uint32\"}],\"internalType\":\"structMarketplace.Panel\",\"name\":\"panel\",\"type\":\"tuple\"},{\"internalType\":\"bytes32\",\"name\":\"award\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"seats\",\"type\":\"bytes32\"}],\"internalType\":\"structMarketplace.Job\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"parameters\",\"outputs\":[{\"internalType\":\"contractParameters\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"seats\",\"type\":\"bytes\"},{\"components\":[{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"signatures\",\"type\":\"bytes\"}],\"internalType\":\"structMarketplace.Certificate\",\"name\":\"c\",\"type\":\"tuple\"}],\"name\":\"payees\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"paid\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"replicas\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"payoutOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"refund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"pay\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"time\",\"type\":\"uint48\"}],\"name\":\"reserve\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"fee\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"first\",\"type\":\"uint32\"},{\"internalType\":\"uint32\",\"name\":\"count\",\"type\":\"uint32\"}],\"name\":\"results\",\"outputs\":[{\"internalType\":\"bytes32[]\",\"name\":\"digests\",\"type\":\"bytes32[]\"},{\"internalType\":\"uint64[]\",\"name\":\"paid\",\"type\":\"uint64[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"name\":\"setPayout\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"}],\"name\":\"setRole\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"}],\"name\":\"setVerified\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"digest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"}],\"name\":\"slash\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint32\",\"name\":\"task\",\"type\":\"uint32\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"bytes32[2]\",\"name\":\"digests\",\"type\":\"bytes32[2]\"},{\"internalType\":\"bytes[2]\",\"name\":\"signatures\",\"type\":\"bytes[2]\"}],\"name\":\"slashTwice\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"slashed\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totals\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"locked\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"paid\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"fees\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"refunded\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"unreserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawEarned\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"withdrawStake\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"earned\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"},{\"internalType\":\"uint40\",\"name\":\"completed\",\"type\":\"uint40\"},{\"internalType\":\"uint24\",\"name\":\"faults\",\"type\":\"uint24\"},{\"internalType\":\"uint8\",\"name\":\"role\",\"type\":\"uint8\"},{\"internalType\":\"bool\",\"name\":\"verified\",\"type\":\"bool\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Marketplace",
	Bin: "0x61020080604052346102b85760a08161573e803803809161002082856102bc565b8339810103126102b85780516001600160a01b03811681036102b8576020820151906001600160a01b03821682036102b8576040830151926001600160a01b03841684036102b8576100806080610079606084016102f3565b92016102f3565b6040519061008f6040836102bc565b600782526020820192660cee0eadacae6d60cb1b8452604051956100b46040886102bc565b600187526020870195603160f81b875265ffffffffffff841680159081156102ac575b5061029d5760805260a05260c05260e0526100f181610306565b6101a0526100fe846104ad565b6101c052519020918261016052519020806101805246610120526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261016960c0826102bc565b5190206101005230610140526101e05260405161514c90816105f282396080518181816101f40152818161054e0152818161100701528181611276015281816117e3015281816124d801528181613f9701526141eb015260a0518181816104e10152818161155f0152818161176d01528181611a370152613cd5015260c0518181816102f90152610774015260e0518181816102c9015281816111a101528181611a9a015281816121d50152818161294901528181612dd001528181612ffa015261322101526101005181614dd501526101205181614e9201526101405181614da601526101605181614e2401526101805181614e4a01526101a0518161203001526101c0518161205901526101e05181818161069c01528181610eb601528181610f0a015281816110460152612d500152f35b6301f30c8760e21b5f5260045ffd5b6103e89150115f6100d7565b5f80fd5b601f909101601f19168101906001600160401b038211908210176102df57604052565b634e487b7160e01b5f52604160045260245ffd5b519065ffffffffffff821682036102b857565b908151602081105f14610380575090601f815111610340576020815191015160208210610331571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fd5b6001600160401b0381116102df57600254600181811c911680156104a3575b602082101461048f57601f8111610450575b50602092601f82116001146103ef57928192935f926103e4575b50508160011b915f199060031b1c19161760025560ff90565b015190505f806103cb565b601f1982169360025f52805f20915f5b8681106104385750836001959610610420575b505050811b0160025560ff90565b01515f1960f88460031b161c191690555f8080610412565b919260206001819286850151815501940192016103ff565b818111156103b15760025f5260205f20601f80840160051c809201920160051c03905f5b8281106104825750506103b1565b5f82820155600101610474565b634e487b7160e01b5f52602260045260245ffd5b90607f169061039f565b908151602081105f146104d8575090601f815111610340576020815191015160208210610331571790565b6001600160401b0381116102df57600354600181811c911680156105e7575b602082101461048f57601f81116105a8575b50602092601f821160011461054757928192935f9261053c575b50508160011b915f199060031b1c19161760035560ff90565b015190505f80610523565b601f1982169360035f52805f20915f5b8681106105905750836001959610610578575b505050811b0160035560ff90565b01515f1960f88460031b161c191690555f808061056a565b91926020600181928685015181550194019201610557565b818111156105095760035f5260205f20601f80840160051c809201920160051c03905f5b8281106105da575050610509565b5f828201556001016105cc565b90607f16906104f756fe610260806040526004361015610013575f80fd5b5f3560e01c90816305258376146135785750806307f6af8a146134775780630a3bd8ec1461319957806315d48db41461317d5780632b2c5c42146130585780632b80cceb1461301e5780633eaf5d9f14612fdc5780634362d4a614612e8c578063536370b114612d195780635c8fe43814612ccf57806369c0081014612a475780636da61d1e146129e65780637249fbb6146128fe5780637c902920146127265780638313e16b1461212c57806384b0196e1461201857806388a7ca5c14611791578063890357301461174e578063923cb9521461173357806394c2c24f146117185780639886bf63146116f9578063998957f2146116a35780639cf5c6131461151b578063a76a9587146114e1578063bba7228914611328578063c038a38e146112dd578063c23a5cea1461114f578063c2fb1ceb1461108c578063c6e84a641461102b578063cfbf373f14610eda578063cfdf677e14610e97578063d51eae13146109bb578063db371c6014610798578063db7dd35a14610756578063dfd9ac2a14610676578063e1fa8e84146105d6578063e52253811461044d578063ec342ad014610431578063f5bc95ba1461021c5763fc0c546a146101d5575f80fd5b34610218575f3660031901126102185760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b34610218576040366003190112610218576102356135bd565b61023d613612565b906001600160a01b03811691825f52600160205260405f209182843303610421575b50506001600160401b0381168015801561040b575b6103cf576001600160401b036102ac600260018601958361029887828a5416613918565b1684198854161787550193828554166137fd565b166001600160401b031983541617825565ffffffffffff6102ef817f000000000000000000000000000000000000000000000000000000000000000016426137a5565b1665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016019165ffffffffffff83116103bb57836001600160401b0365ffffffffffff926060957fffffffffffffffffffff000000000000ffffffffffffffffffffffffffffffff75ffffffffffff000000000000000000000000000000007f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a54899549260801b169116178093555416604051938452602084015260801c166040820152a2005b634e487b7160e01b5f52601160045260245ffd5b6001600160401b036001840154167f619f8a00000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50806001600160401b0360018501541610610274565b61042a91614d18565b838261025f565b34610218575f3660031901126102185760206040516127108152f35b34610218575f366003190112610218576001600160401b0360045460801c165f5461047c8160c01c8093613918565b916001600160401b0383169283156105ae576104ba6001600160c01b03199177ffffffffffffffffffffffffffffffffffffffffffffffff936137fd565b60c01b169116175f556040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156105a357610572926001600160a01b03915f91610574575b505116807fe1a6173f00a91ed3df71c29ee9265959df5b160fccd21b409342b4fe33bbd6c06020604051858152a27f0000000000000000000000000000000000000000000000000000000000000000614c03565b005b610596915060e03d60e01161059c575b61058e818361372c565b81019061397e565b8461051e565b503d610584565b6040513d5f823e3d90fd5b7fd0d04f60000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461021857602036600319011261021857600435801561064e57335f5260016020526001600160401b03600160405f2083815403610646575b015416604051905f825260208201527f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2260403392a3005b83815561060f565b7f4f41a6aa000000000000000000000000000000000000000000000000000000005f5260045ffd5b3461021857604036600319011261021857600435610692613612565b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361072e5781610572925f52600560205260405f206106db81613ab3565b916001600160401b0361271061070e826106f760018701613839565b971680602089015261ffff60a088015116906137a5565b0416604085015261ffff60408401511660608501525f60a0850152614027565b7f30db9aa8000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610218575f36600319011261021857602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610218576020366003190112610218575f60806040516107b8816136c0565b6107c0613a83565b81526040516107ce816136f6565b83815283602082015283604082015283606082015283838201528360a08201528360c08201526020820152604051610805816136c0565b8381528360208201528360408201528360608201528383820152604082015282606082015201526004355f52600560205261028060405f206040519061084a826136c0565b61085381613a09565b825261086160018201613839565b906020830191825263ffffffff608061087c6002840161374d565b6040860190815260c060046003860154956060890196875201549583880196875261ffff60a060405199516001600160a01b038151168b5265ffffffffffff60208201511660208c01528260408201511660408c015260ff60608201511660608c015260ff8782015116878c015201511660a0890152516001600160401b03815116828901526001600160401b0360208201511660e08901526001600160401b0360408201511661010089015261ffff60608201511661012089015283810151151561014089015260a0810151151561016089015201511515610180870152516001600160401b038151166101a08701526001600160401b036020820151166101c08701526001600160401b036040820151166101e0870152826060820151166102008701520151166102208401525161024083015251610260820152f35b34610218576060366003190112610218576024356001600160401b038111610218576109eb903690600401613590565b6001600160401b036044351161021857606060443536036003190112610218575f906004355f52600560205260405f2090610a2582613a09565b916004610a333684886137b8565b6020815191012091015403610e6f57610a50604435600401613a64565b63ffffffff61ffff604085015116911610801590610e61575b610e225760ff6060830151165f945f90610a8c60448035016044356004016138e6565b92905060498084048082029181159183041417156103bb57610ab760448035016044356004016138e6565b91905014801590610e15575b610dd657604051939490929190610adb60e08661372c565b60e03686375f908180805b604987048110610c12578c8c8c5f6001600160401b038e8e6007805b610bc15750505017809360ff6060840151168110610b745760808301515f9060ff1686865b81151580610b6b575b15610b5b57811990600182018092116103bb57610b54918316809117921893613a75565b9290610b27565b6040908382519182526020820152f35b50828410610b30565b60849260ff6060610b92610b8c604435600401613a64565b95614d71565b920151169163ffffffff6040519463091c025360e41b8652166004850152602484015260448301526064820152fd5b610bca90614eb8565b8094600184831c16155f14610bff57610be3828461513b565b5185161793610bf2828461513b565b511916945b949394610b02565b93610c0a828461513b565b511694610bf7565b610c2e6044809e969798999e9b9a9b35016044356004016138e6565b50604982020194600186013560c01c96601c860487355f1a1015610dd6576001600160a01b03601c88355f1a028a013560601c9116811115610dd657809660018982355f1a1c16158015610dc8575b610db957848903610d2f575b818160096029610c9e94013591013588613b78565b15908115610d1f575b50610d1257610cb68791613a75565b9d17958a815f925b610cda5750505060016049915b01905098979896959496610ae6565b8281610d04610d0a93610ced848761513b565b511891610cfa848761513b565b511695869561513b565b52613a75565b918c91610cbe565b9c95506001604991610ccb565b90505f5260016020525f8f610ca7565b9450879350610c9e81610db0610d49600460443501613a64565b60405163ffffffff60208201927f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a50845260043560408401521660608201526024604435013560808201528c60a082015260a08152610da860c08261372c565b519020613b37565b96915050610c89565b50509c95506001604991610ccb565b5088601c88041c1515610c7d565b63ffffffff610de9604435600401613a64565b7f7252bfa7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b5060406049840411610ac3565b63ffffffff610e35604435600401613a64565b7f1de87d61000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b506024604435013515610a69565b7fac6cbd16000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610218575f3660031901126102185760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610218576040366003190112610218576004356001600160401b03811680820361021857610f07613612565b917f0000000000000000000000000000000000000000000000000000000000000000906001600160a01b038216330361072e5761057293600454907fffffffffffffffff00000000000000000000000000000000ffffffffffffffff67ffffffffffffffff60801b610fc067ffffffffffffffff60401b610f94876001600160401b038860401c166137fd565b60401b16936001600160401b03856fffffffffffffffff00000000000000001988161760801c166137fd565b60801b169216171760045567ffffffffffffffff60801b1967ffffffffffffffff60801b610ffc5f54936001600160401b038560801c166137fd565b60801b169116175f557f0000000000000000000000000000000000000000000000000000000000000000614c03565b34610218576020366003190112610218576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361072e576004355f526005602052600160405f200160ff60d81b1981541690555f80f35b34610218576040366003190112610218576110a56135bd565b7f18b5078a8a55f53c428467b7f19cf8408acc494f8ae06b3e6202b7b2b19d23dc60206110d06135e9565b60026001600160a01b03851694855f52600184526110f260405f208092614d18565b0180547fffffffff0000000000000000000000000000000000000000ffffffffffffffff7bffffffffffffffffffffffffffffffffffffffff00000000000000008460401b1691161790556001600160a01b0360405191168152a2005b34610218576020366003190112610218576111686135bd565b6001600160a01b038116805f52600160205260405f2091600283016001600160401b038154169384156105ae576111c765ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b65ffffffffffff600183015460801c168091106112b25750936001600160401b03926001600160a01b036112729361057297861982541682555f548761120f87828416613918565b1690881916175f558733036112a2575b505460401c168061129a5750935b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b03881681525f6020820152846040820152a25f6137fd565b16907f0000000000000000000000000000000000000000000000000000000000000000614c03565b90509361122d565b6112ac9084614d18565b8861121f565b7fb015252c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610218575f36600319011261021857600454604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b34610218576060366003190112610218576004356113446135ff565b6044359063ffffffff82168092036102185761135f826138bb565b9161136d604051938461372c565b808352611379816138bb565b602084019190601f190136833761138f816138bb565b9461139d604051968761372c565b8186526113a9826138bb565b602087019490601f190136863763ffffffff165f5b83811061144b5750505050604051938493604085019060408652518091526060850192905f5b818110611432575050506020908483038286015251918281520191905f5b818110611410575050500390f35b82516001600160401b0316845285945060209384019390920191600101611402565b82518552879650602094850194909201916001016113e4565b600190835f999697989952600660205260405f2061146982856138ae565b5f5260205260405f205461147d828b6138d2565b5261148881846138ae565b6114c157835f5260056020526001600160401b0380600260405f20015460801c165b166114b582886138d2565b520196959493966113be565b6001600160401b036114dc6114d683866138ae565b86614cb3565b6114aa565b34610218575f3660031901126102185760206040517f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b8152f35b34610218576040366003190112610218576115346135bd565b602435908115158092036102185760405163971217b760e01b815260e0816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156105a3576001600160a01b039160c0915f91611684575b50015116330361165c576001600160a01b031690815f52600160205260405f2054156116495760207f04881682880396c5d7f330e192fcd4f8b3d4645842908712b7a005170b3120cc91835f5260018252600160405f200180547effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fff000000000000000000000000000000000000000000000000000000000000008460f81b169116179055604051908152a2005b5063bfc6c33760e01b5f5260045260245ffd5b7f7a241b02000000000000000000000000000000000000000000000000000000005f5260045ffd5b61169d915060e03d60e01161059c5761058e818361372c565b8561159b565b34610218576060366003190112610218576116bc6135d3565b6004355f52600860205260405f206024355f526020526001600160a01b0360405f2091165f52602052602060ff60405f2054166040519015158152f35b34610218575f36600319011261021857602060405164075cd788008152f35b34610218575f36600319011261021857602060405160408152f35b34610218575f36600319011261021857602060405160038152f35b34610218575f3660031901126102185760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610218576080366003190112610218576117aa6135bd565b506117b36135e9565b604435906064356001600160401b038111610218576117d6903690600401613590565b6001600160a01b039391937f0000000000000000000000000000000000000000000000000000000000000000163303611ff057839060408103611977579060409181010312610218576001600160a01b03611835602085359501613628565b921691825f5260016020526001600160401b03600160405f200154166001600160401b0361186384836138ae565b92168092036119445750506001600160401b0316821561064e576001600160401b037f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2291835f52600160205281600160405f208781540361193c575b83611906575b015460408051938516845291169092166020820152a35b60206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b8181018361191786828454166137fd565b1684198254161790555f548361192f868284166137fd565b1690841916175f556118c5565b8781556118bf565b82907ff36d1546000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b81939293010360c081126102185760a090601f1901126102185760405161199d816136c0565b602084013563ffffffff811681036102185781526119bd60408501613938565b602082019081526119d060608601613938565b90604083019182526119e460808701613628565b92606081019384526119f860a08801613628565b9460808201958652604051967f563e13ac0000000000000000000000000000000000000000000000000000000088526060886004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156105a3575f5f995f93611f96575b50611f6e5789355f52600560205260405f20928354916001600160a01b038316611f4657611ac065ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b8c3515908115611f36575b8115611f22575b8115611f14575b8115611eff575b8115611eee575b8115611ed8575b8115611eb5575b508015611ea5575b611e7d57611b2c611b206001600160401b038b511663ffffffff895116906137a5565b61ffff8a5116906137a5565b61ffff8c166127100180612710116103bb57611b47916137a5565b6127108101908181116103bb5761270f019081116103bb576127109004808210611e4e57506001600160401b03169989518651908851928a519460405190611b8e826136db565b6001600160a01b0316608052608051815265ffffffffffff8316602082015261ffff8416604082015260ff8516606082015260ff8616608082015261ffff82169060a0015260f01b7fffff0000000000000000000000000000000000000000000000000000000000001694608051907fffffffff00000000000000000000000000000000000000000000000000000000161760ff60e01b19169060a01b79ffffffffffff000000000000000000000000000000000000000016177fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060d01b7bffff000000000000000000000000000000000000000000000000000016177dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff169060e01b60ff60e01b16179060e81b7dff00000000000000000000000000000000000000000000000000000000001617178255600182016001600160401b0389166001600160401b031982541617905585516001600160401b03169160405191611d16836136c0565b8383526001600160401b0381811660208501525f604080860182905263ffffffff4316606087015260809095015260029290920180547fffffffffffffffffffffffffffffffff00000000000000000000000000000000169290941691909117911b67ffffffffffffffff60401b1617815580546fffffffffffffffffffffffffffffffff1663ffffffff60c01b4360c01b16179055600454611dc2876001600160401b0383166137fd565b6001600160401b0316906001600160401b031916176004556040519586525163ffffffff1660208601525161ffff1660408501525161ffff166060840152516001600160401b03166080830152516001600160401b031660a082015260805191359060c07f3252f633cb260f928bcc17bd811cf265c00f1ca28b3aaf5f107c129973da798c91a36118dc565b907fd49dd943000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f8dc59921000000000000000000000000000000000000000000000000000000005f5260045ffd5b506001600160401b038111611afd565b90506001600160401b038b511664075cd7880082018092116103bb57118d611af5565b8091506001600160401b038c5116111590611aee565b9050602061ffff8a51161190611ae7565b905061ffff88511661ffff8a51161090611ae0565b885161ffff16159150611ad9565b905061100063ffffffff8851161190611ad2565b875163ffffffff16159150611acb565b7ff47d2b88000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fef34f7ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b92505097506060813d606011611fe8575b81611fb46060938361372c565b8101031261021857805197881515890361021857611fe06040611fd96020850161395b565b930161396a565b91988b611a6a565b3d9150611fa7565b7ff43c367c000000000000000000000000000000000000000000000000000000005f5260045ffd5b34610218575f366003190112610218576120d06120547f0000000000000000000000000000000000000000000000000000000000000000614f2c565b61207d7f000000000000000000000000000000000000000000000000000000000000000061506b565b60206120de60405192612090838561372c565b5f84525f3681376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e08588015260e087019061366c565b90858203604087015261366c565b4660608501523060808501525f60a085015283810360c08501528180845192838152019301915f5b82811061211557505050500390f35b835185528695509381019392810192600101612106565b34610218576060366003190112610218576024356001600160401b0381116102185761215c903690600401613590565b906044356001600160401b0381116102185761217c90369060040161363c565b916004355f52600560205260405f209361219585613ab3565b916121a260018701613839565b956121af6002820161374d565b9060a08801516126fe5763ffffffff608083015116156126d6576121fb65ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b65ffffffffffff60208701511611156126ae576122193685856137b8565b60208151910120600482015403610e6f576001600160401b03602089015116906001600160401b0360408a015116906001600160401b03604085015116915f6060905f905b8c8210156122b0578160051b8c0135605e198d360301811215610218578b8f8b8f8e92612291958e920194600435614229565b80516122a5575050600180915b019061225e565b92509060019061229e565b8a9794939150918d9215612691575061233f6123336001600160401b0392836123216123156040519b6122e28d613711565b8c60606004548681168352868160401c166020840152868160801c16604084015260c01c9101528360208a015116613918565b8260208d0151166137fd565b1660208a015283604086015116613918565b826040890151166137fd565b1660408601525f9461ffff60608301511661ffff6040890151161480612685575b612619575b80516020808301516040808501516060958601516001600160c01b031960c091821b1667ffffffffffffffff60801b608093841b81166001600160401b0398891667ffffffffffffffff60401b97871b8816171791909117600455885160018b018054978b01518b8701519a8c01518c87015160a08e01519d87015160ff60e01b90151560e081901b919091169e151560d81b60ff60d81b1691151560d01b60ff60d01b169290971b61ffff60c01b169c90971b90941690871b9097169189167fffffff000000000000000000000000000000000000000000000000000000000090981697909717179490941796909617929092179190911794909417905591840151909491169081036124fc575b50505061247d57005b6001600160a01b038251166001600160401b036040519216918281527f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe8602060043592a3806124c857005b6001600160a01b036105729251167f0000000000000000000000000000000000000000000000000000000000000000614c03565b63ffffffff6080846125996002946001600160401b0380612611995116166001600160401b03198789015416178688015561256e6001600160401b03602085015116878901906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b8587019067ffffffffffffffff60801b1967ffffffffffffffff60801b83549260801b169116179055565b606081015163ffffffff60c01b1963ffffffff60c01b868801549260c01b16911617848601550151169101907bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffffff0000000000000000000000000000000000000000000000000000000083549260e01b169116179055565b838080612474565b94508060606126596126456001600160401b0360c09551166001600160401b0360208601511690613918565b6001600160401b0360408501511690613918565b966001848401526001600160401b03612677898285850151166137fd565b168282015291925050612365565b50608082015115612360565b8051156126a057602081519101fd5b62560ff960e81b5f5260045ffd5b7fef3ceaeb000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f6b23f54b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f156290fd000000000000000000000000000000000000000000000000000000005f5260045ffd5b346102185760c0366003190112610218576004356127426135ff565b9061274b6135d3565b3660a4116102185760a4356001600160401b038111610218578060040193366044830111610218575f9363ffffffff8216855b600281109687156128f3578160051b9061279d6004838901018b6138e6565b92909160488403612876576001851490816128e5575b816128c5575b506128b257826008116102185781356001600160c01b031981169a1561289e5761283f91606401906001600160401b036040519160208301937f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a5085528a604085015289606085015235608084015260c01c1660a082015260a08152610da860c08261372c565b8260281161021857612869926128638a93602860088201359360271901910161381d565b91613b78565b156128765760010161277e565b7f57aa51ca000000000000000000000000000000000000000000000000000000005f5260045ffd5b634e487b7160e01b5f52603260045260245ffd5b8463054fbeb160e31b5f5260045260245ffd5b905083600811610218576001600160c01b0319808435169116148c6127b9565b6064356084351491506127b3565b610572878686613c32565b3461021857602036600319011261021857600435805f52600560205260405f2061292781613ab3565b61293360018301613839565b9160a08301516126fe5761296f65ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b9365ffffffffffff602084015116809510806129c0575b612994576105729450614027565b847f58ea3381000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506001600160a01b038351163314801590156129865750600282015460e01c1515612986565b34610218576020366003190112610218576020612a016135bd565b6001600160a01b0381165f52600182526001600160a01b03600260405f20015460401c16908115612a3f575b506001600160a01b0360405191168152f35b905082612a2d565b34610218576020366003190112610218576004356001600160401b03811161021857612a7790369060040161363c565b612a80816138bb565b91612a8e604051938461372c565b818352601f19612a9d836138bb565b015f5b818110612c7a5750505f5b82811015612b96578060051b820135906001600160a01b038216809203610218576001915f528160205260405f206001600160a01b03600260405192612af084613690565b80548452858101546001600160401b03811660208601526001600160401b038160401c16604086015265ffffffffffff8160801c16606086015264ffffffffff8160b01c16608086015262ffffff8160d81c1660a086015260ff8160f01c1660c086015260f81c151560e085015201546001600160401b03811661010084015260401c16610120820152612b8482876138d2565b52612b8f81866138d2565b5001612aab565b836040518091602082016020835281518091526020604084019201905f5b818110612bc2575050500390f35b9193509160206101406001926001600160a01b036101208851805184526001600160401b038682015116868501526001600160401b03604082015116604085015265ffffffffffff606082015116606085015264ffffffffff608082015116608085015262ffffff60a08201511660a085015260ff60c08201511660c085015260e0810151151560e08501526001600160401b0361010082015116610100850152015116610120820152019401910191849392612bb4565b602090604051612c8981613690565b5f81525f838201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f61012082015282828801015201612aa0565b34610218575f366003190112610218575f54604080516001600160401b03808416825283831c81166020830152608084811c9091169282019290925260c09290921c606083015290f35b3461021857606036600319011261021857612d32613612565b6044359065ffffffffffff8216809203610218576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016330361072e576004355f52600560205260405f2091612d8e83613ab3565b9160018401916002612d9f84613839565b95015460e01c156126d65760a08501516126fe5761ffff6060860151166126a057612dfb90612df665ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b6138ae565b65ffffffffffff60208501511611156126ae57612710612e2e61ffff60a06001600160401b0380951696015116856137a5565b0416916001600160401b03612e4384836138ae565b945116809411612e8157815460ff60d81b19167b01000000000000000000000000000000000000000000000000000000178255604051838152602090f35b611e4e9291506138ae565b346102185760a036600319011261021857600435612ea86135ff565b612eb06135d3565b906064356084356001600160401b03811161021857612ed3903690600401613590565b9091855f52600660205260405f209063ffffffff851691825f5260205260405f20548015612fb0578114612f9d5790612f51916040519060208201927f9a401ea5ffe2a199f94ca946e366db6c35ad82ce3823d2c56ae7da327f43ca4b84528960408401526060830152608082015260808152610da860a08261372c565b916040821492831593612f6f575b5050506128765761057292613c32565b909180935060201161021857612f949261286386936020813593601f1901910161381d565b15848080612f5f565b5063054fbeb160e31b5f5260045260245ffd5b827fa0ad82c8000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610218575f36600319011261021857602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610218575f3660031901126102185760206040517f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508152f35b34610218576020366003190112610218576130716135bd565b6001600160a01b038116805f52600160205260405f209160018301926001600160401b03845460401c169384156105ae57610572946001600160401b03936001600160a01b03600261127295856fffffffffffffffff0000000000000000195f9754169055855467ffffffffffffffff60801b1967ffffffffffffffff60801b613100888c8560801c166137fd565b60801b16911617865588330361316e575b015460401c16801584146131665750945b7fe2a550fb74eb7c93773581c5fc02b7dbf76ec81aa54f06aaa79b780193aeade860606040516001600160a01b0389168152846020820152856040820152a26137fd565b905094613122565b6131788185614d18565b613111565b34610218575f3660031901126102185760206040516110008152f35b34610218576060366003190112610218576024356004356044356001600160401b038111610218576131cf903690600401613590565b90825f52600560205260405f206131e581613ab3565b9060028101916131f48361374d565b906001600160a01b03815116330361344f5763ffffffff6080830151166134285761324765ffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016426137a5565b65ffffffffffff60208301511611156126ae57871561340057601c860490601c8202828104601c14831517156103bb578714908115916133ef575b5080156133e5575b6133ba575f5b818110613358575050509161332e604092848860037fde2451af24ca3949adc85f80d93c8071a56e5189c9b4240d144d6a20da36453b9897015560046132d73688876137b8565b80516020919091012091015580547bffffffffffffffffffffffffffffffffffffffffffffffffffffffff164360e01b7fffffffff0000000000000000000000000000000000000000000000000000000016179055565b82825193849260208452816020850152848401375f828201840152601f01601f19168101030190a3005b6001600160401b03601c820287013560201c166001600160401b0384511690818111613388575050600101613290565b827f5e5b3c63000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b7fa78e3cf1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506040811161328a565b60ff91506060015116811089613282565b7f185c1dff000000000000000000000000000000000000000000000000000000005f5260045ffd5b7eb47a0f000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5fc483c5000000000000000000000000000000000000000000000000000000005f5260045ffd5b346102185760203660031901126102185760043560ff81169081810361021857335f52600160205260405f20541561356557600382101561353d57335f526001602052600160405f2001907fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7eff00000000000000000000000000000000000000000000000000000000000083549260f01b1691161790556040519081527f86ca834ed77043799de2a6c996fa4b79fadfb467b4694e233b20c43aa072821860203392a2005b7fd5c84cfb000000000000000000000000000000000000000000000000000000005f5260045ffd5b63bfc6c33760e01b5f523360045260245ffd5b34610218575f36600319011261021857806020809252f35b9181601f84011215610218578235916001600160401b038311610218576020838186019501011161021857565b600435906001600160a01b038216820361021857565b604435906001600160a01b038216820361021857565b602435906001600160a01b038216820361021857565b6024359063ffffffff8216820361021857565b602435906001600160401b038216820361021857565b35906001600160401b038216820361021857565b9181601f84011215610218578235916001600160401b038311610218576020808501948460051b01011161021857565b805180835260209291819084018484015e5f828201840152601f01601f1916010190565b61014081019081106001600160401b038211176136ac57604052565b634e487b7160e01b5f52604160045260245ffd5b60a081019081106001600160401b038211176136ac57604052565b60c081019081106001600160401b038211176136ac57604052565b60e081019081106001600160401b038211176136ac57604052565b608081019081106001600160401b038211176136ac57604052565b90601f801991011681019081106001600160401b038211176136ac57604052565b9060405161375a816136c0565b60808193546001600160401b03811683526001600160401b038160401c1660208401526001600160401b0381831c16604084015263ffffffff8160c01c16606084015260e01c910152565b818102929181159184041417156103bb57565b9291926001600160401b0382116136ac57604051916137e1601f8201601f19166020018461372c565b829481845281830111610218578281602093845f960137010152565b906001600160401b03809116911601906001600160401b0382116103bb57565b35906020811061382b575090565b5f199060200360031b1b1690565b90604051613846816136f6565b60c060ff8294546001600160401b03811684526001600160401b038160401c1660208501526001600160401b038160801c16604085015261ffff81841c166060850152818160d01c1615156080850152818160d81c16151560a085015260e01c161515910152565b919082018092116103bb57565b6001600160401b0381116136ac5760051b60200190565b805182101561289e5760209160051b010190565b903590601e198136030182121561021857018035906001600160401b0382116102185760200191813603831361021857565b906001600160401b03809116911603906001600160401b0382116103bb57565b359061ffff8216820361021857565b51906001600160a01b038216820361021857565b519061ffff8216820361021857565b51906001600160401b038216820361021857565b908160e091031261021857613a0160c06040519261399b846136f6565b6139a481613947565b84526139b26020820161395b565b60208501526139c36040820161395b565b60408501526139d46060820161395b565b60608501526139e56080820161396a565b60808501526139f660a08201613947565b60a085015201613947565b60c082015290565b90604051613a16816136db565b60a08193546001600160a01b038116835265ffffffffffff81831c16602084015261ffff8160d01c16604084015260ff8160e01c16606084015260ff8160e81c16608084015260f01c910152565b3563ffffffff811681036102185790565b5f1981146103bb5760010190565b60405190613a90826136db565b5f60a0838281528260208201528260408201528260608201528260808201520152565b90613abc613a83565b50613ac682613a09565b916001600160a01b0383511615613b0f576001015460e01c60ff16613ae757565b7f4a0be34b000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f97736927000000000000000000000000000000000000000000000000000000005f5260045ffd5b604290613b42614d9c565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316927f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084118015613c21575b613c1857601b9060ff1c019060ff82116103bb576020935f9360ff60809460405194855216868401526040830152606082015282805260015afa156105a3576001600160a01b03805f51921691161490565b50505050505f90565b506001600160a01b03851615613bc6565b91825f52600860205263ffffffff60405f20921691825f5260205260405f206001600160a01b0382165f5260205260ff60405f205416613fff576001600160a01b0390835f52600860205260405f20835f5260205260405f208282165f5260205260405f20600160ff198254161790551691825f52600160205260405f20805415613fec576040519063971217b760e01b825260e0826004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9182156105a3575f92613fcb575b50600181019060026001600160401b038354169101613d40613d316001600160401b03835416846138ae565b61ffff604087015116906137a5565b61270f81018091116103bb57613d8f613d866001600160401b0361271081940416948086105f14613fc05783613d77878093613918565b16841988541617875585613918565b82845416613918565b166001600160401b0319825416179055815492600162ffffff8560d81c16019262ffffff84116103bb577fb5b16715a90d0e9c84ff7d920b33a1cf1b4f9eec7a9be181fa84740a429c9056947fffff000000ffffffffffffffffffffffffffffffffffffffffffffffffffffff7dffffff00000000000000000000000000000000000000000000000000000060609660d81b169116179055604051613e3381613711565b5f54906001600160401b0382168152602081016001600160401b038360401c1681526001600160401b036040830192818560801c1684528781019460c01c855281613e818882845116613918565b16815281613e9288828651166137fd565b169283905251925193516001600160401b0391909316811660409290921b67ffffffffffffffff60401b169190911760809390931b67ffffffffffffffff60801b169290921760c09190911b6001600160c01b031916175f558184015161271090613f019061ffff16856137a5565b0416906001600160a01b03815116604051908482528360208301526040820152887f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a863393a381613f90575b818311613f6a575b506040519182523360208301526040820152a4565b6001600160a01b03613f8a9151166001600160401b036112728486613918565b5f613f55565b613fbb82337f0000000000000000000000000000000000000000000000000000000000000000614c03565b613f4d565b83613d778280613918565b613fe591925060e03d60e01161059c5761058e818361372c565b905f613d05565b8363bfc6c33760e01b5f5260045260245ffd5b7f37233762000000000000000000000000000000000000000000000000000000005f5260045ffd5b90919261412b60a06001600160401b03835116926140df6001600160401b0361405860208401968288511690613918565b6140b782600161407060408801948386511690613918565b9b8160c0890152019881808851161682198b5416178a55511688906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b51865467ffffffffffffffff60801b1916911660801b67ffffffffffffffff60801b16178555565b606081015184546080830151939092015163ffffffff60c01b1990921660c09190911b61ffff60c01b161791151560d01b60ff60d01b169190911790151560d81b60ff60d81b16178255565b7c010000000000000000000000000000000000000000000000000000000060ff60e01b1982541617905560045477ffffffffffffffffffffffffffffffffffffffffffffffff6001600160c01b0319614187858460c01c6137fd565b60c01b169116176004556001600160a01b03835116907f82e2892a448e73eb5899cfb1f57fe84062808f392476ac6cc9a9f40af2c53fe860206001600160401b03604051951694858152a3806141db575050565b6001600160a01b0361420f9251167f0000000000000000000000000000000000000000000000000000000000000000614c03565b565b63ffffffff5f199116019063ffffffff82116103bb57565b959493929190610160526101c05261022052610240526101e0526102005261425361020051613a64565b60406101605101519063ffffffff61ffff5f9316911610801590614bf4575b614be357815f52600660205260405f2063ffffffff61429361020051613a64565b165f5260205260405f205480151590818061014052614bd1575b50614bb15760ff6060610160510151166001600160401b036020610220510151165f60a0525f6101a0525f915f6101a0526142f160406102005101610200516138e6565b905060498082048082029181159183041417156103bb5761431b60406102005101610200516138e6565b91905014801590614ba4575b614b935790916040519161433c60e08461372c565b60e03684375f918280805b604985048610614942575050505050505f916001600160401b03916007805b6148f1575050501760a05260ff606061016051015116811080156148e7575b614886575063ffffffff61439b61020051613a64565b16614865576001600160401b03604061022051015116905b60ff6080610160510151166143c783614d71565b81039081116103bb5761022051602001516001600160401b031660e05260c0525f6101208190526101008190525b821960a05116610100511c15158061485a575b1561457c576001831960a05116610100511c161561457657601c610100510261024051013560601c5f526001602052600160405f20019081549160e0516001600160401b0384161061456d576144826001600160401b03601c610100510261024051013560201c166001600160401b038560401c166137fd565b600164ffffffffff8560b01c16019164ffffffffff83116103bb57614547947fffffffffff0000000000ffffffffffffffffffffffffffffffffffffffffffff7affffffffff000000000000000000000000000000000000000000006145189560b01b169116178155906fffffffffffffffff00000000000000001967ffffffffffffffff60401b83549260401b169116179055565b6001610100511b6101205117610120526001600160401b03601c610100510261024051013560201c16906137fd565b9261455360c051614eb8565b60c0525b61456361010051613a75565b61010052926143f5565b50939050614557565b92614557565b610140519193918061484f575b61482a576001600160401b038116906001600160401b036127106145b861ffff60a061016051015116856137a5565b0416906001600160401b036145d760206101c0510192828451166137fd565b16905260406101c051016001600160401b036145f683828451166137fd565b16905263ffffffff61460a61020051613a64565b166147cd576001600160401b036101205185171660406102205101525b610140516147655760206102005101359383865260066020526040862063ffffffff61465561020051613a64565b16875260205284604087205560606101c0510161ffff81511661ffff8114614751579263ffffffff927f83e792f163c20884551ef927d31d5838d89ae60df4ccdac58162777b11556576959261ffff60016080970116905260c051151580614743575b614704575b506146ca61020051613a64565b916040519788526001600160401b0361012051166020890152604088015260608701521693a3604051906146ff60208361372c565b815290565b614734906101e0519061024051906001600160401b03602061022051015116906101205117196101a05116614ec4565b1515846101c05101525f6146bd565b50846101c0510151156146b8565b602488634e487b7160e01b81526011600452fd5b7f412e931ece982861979a110e7f5b756628db1f371c04a16fc9b137cd9299b25291935063ffffffff60609161479d61020051613a64565b90604051966001600160401b0361012051168852602088015260408701521693a3604051906146ff60208361372c565b935060c06147e56147e061020051613a64565b614211565b60061b16935f94835f52600760205260405f20633fffffff61480c6147e061020051613a64565b60021c165f5260205260405f209061012051901b8154179055614627565b5050505060405162560ff960e81b60208201526004815261484c60248261372c565b90565b506101205115614589565b5060c0511515614408565b61488063ffffffff61487961020051613a64565b1683614cb3565b906143b3565b91505061489561020051613a64565b906148a160a051614d71565b60ff6060610160510151169163ffffffff6040519463091c025360e41b60208701521660248501526044840152606483015260848201526084815261484c60a48261372c565b5060a05115614385565b6148fa90614eb8565b8094600184831c16155f1461492f57614913828461513b565b5185161793614922828461513b565b511916945b949394614366565b9361493a828461513b565b511694614927565b61495f60406102009a93949596979a9998995101610200516138e6565b906101805250601c6101e0510460498a026101805101355f1a1015614b93576001600160a01b0316601c60498a026101805101355f1a0261024051013560601c1115614b9357610180516102405160498a0290910180355f1a601c81029092013560601c929160019182013560c01c901c16158015614b73575b614a985782600160498b026101805101013560c01c03614adb575b6101805161024051614a259160498c020180355f1a601c02919091013560601c906029810135906009013587613b78565b158015614aa3575b614a9857614a3a90613a75565b610180516101a0805160498c02929092016001013560c01c91821790529098905f908990805b614a7d5750505060016049915b0195949392919050969596614347565b8281610d04614a9093610ced848761513b565b918a91614a60565b976001604991614a6d565b50601c60498a026101805101355f1a0261024051013560601c5f526001602052846001600160401b03600160405f2001541610614a2d565b925090506001604988026101805101013560c01c90614b6d8a614b0061020051613a64565b63ffffffff6040519160208301937f4aedd0c41e67c12f5adc04b25c815c909984a2fb1658b7b36877996e79dd1a508552604084015216606082015260206102005101356080820152600160498c026101805101013560c01c60a082015260a08152610da860c08261372c565b926149f4565b50600160498a026101805101013560c01c601c6101e051041c15156149d9565b63ffffffff610de961020051613a64565b5060406049820411614327565b505060405162560ff960e81b60208201526004815261484c60248261372c565b9050602061020051013514155f6142ad565b63ffffffff610e3561020051613a64565b50602061020051013515614272565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f5114821615614c92575b60405215614c5d5750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516614caa57823b15153d15161690614c52565b503d5f823e3d90fd5b5f52600760205260405f205f1982018281116103bb5760021c5f52602052600460405f2054915f199008907f03ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff821682036103bb576001600160401b039160061b1c1690565b6001600160a01b0360028193015460401c1680155f14614d6a57505b16803303614d3f5750565b7f2eb2e80b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9050614d34565b90815f925b614d7d5750565b915f1983018381116103bb57614d969316928391613a75565b92614d76565b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016301480614e8f575b15614df7577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a08152614e8960c08261372c565b51902090565b507f00000000000000000000000000000000000000000000000000000000000000004614614dce565b80156103bb575f190190565b9250905f5b83811c8015613c185760011615614f2357601c810282013560601c5f5260016020526001600160401b03600160405f200154166001600160401b0384161115614f1a57614f1590613a75565b614ec9565b50505050600190565b614f1590613a75565b60ff8114614f8b5760ff811690601f8211614f635760405191614f5060408461372c565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b506040515f6002548060011c9160018216918215615061575b60208410831461504d57838552849290811561502e5750600114614fcf575b61484c9250038261372c565b5060025f90815290917f405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace5b81831061501257505090602061484c92820101614fc3565b6020919350806001915483858801015201910190918392614ffa565b6020925061484c94915060ff191682840152151560051b820101614fc3565b634e487b7160e01b5f52602260045260245ffd5b92607f1692614fa4565b60ff811461508f5760ff811690601f8211614f635760405191614f5060408461372c565b506040515f6003548060011c9160018216918215615131575b60208410831461504d57838552849290811561502e57506001146150d25761484c9250038261372c565b5060035f90815290917fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b5b81831061511557505090602061484c92820101614fc3565b60209193508060019154838588010152019101909183926150fd565b92607f16926150a8565b90600781101561289e5760051b019056",
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
// Solidity: constructor(address token_, address parameters_, address batches_, uint48 unbondingDelay_, uint48 tick_) returns()
func (marketplace *Marketplace) PackConstructor(token_ common.Address, parameters_ common.Address, batches_ common.Address, unbondingDelay_ *big.Int, tick_ *big.Int) []byte {
	enc, err := marketplace.abi.Pack("", token_, parameters_, batches_, unbondingDelay_, tick_)
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
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
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
func (marketplace *Marketplace) TryPackJob(id [32]byte) ([]byte, error) {
	return marketplace.abi.Pack("job", id)
}

// UnpackJob is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb371c60.
//
// Solidity: function job(bytes32 id) view returns(((address,uint48,uint16,uint8,uint8,uint16),(uint64,uint64,uint64,uint16,bool,bool,bool),(uint64,uint64,uint64,uint32,uint32),bytes32,bytes32))
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
