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

// RegistryWorker is an auto generated low-level Go binding around an user-defined struct.
type RegistryWorker struct {
	Peer      [32]byte
	Stake     uint64
	Unbonding uint64
	Release   *big.Int
	Completed *big.Int
	Faults    uint32
}

// RegistryMetaData contains all meta data concerning the Registry contract.
var RegistryMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"marketplace_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"unbondingDelay_\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"tick_\",\"type\":\"uint48\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"BadPeer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"NotRegistered\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingToWithdraw\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyMarketplace\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"stake\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"added\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"StakeTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"StillUnbonding\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"added\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"}],\"name\":\"Registered\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"Slashed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"}],\"name\":\"Unbonding\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"},{\"internalType\":\"uint32[]\",\"name\":\"counts\",\"type\":\"uint32[]\"}],\"name\":\"complete\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"marketplace\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"from\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"}],\"name\":\"register\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"bps\",\"type\":\"uint16\"},{\"internalType\":\"address\",\"name\":\"reporter\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"rewardBps\",\"type\":\"uint16\"},{\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"}],\"name\":\"slash\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"reward\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"stakeOf\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"tick\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"totalSlashed\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"unbond\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"unbondingDelay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"accounts\",\"type\":\"address[]\"}],\"name\":\"workers\",\"outputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"peer\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"unbonding\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"release\",\"type\":\"uint48\"},{\"internalType\":\"uint48\",\"name\":\"completed\",\"type\":\"uint48\"},{\"internalType\":\"uint32\",\"name\":\"faults\",\"type\":\"uint32\"}],\"internalType\":\"structRegistry.Worker[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Registry",
	Bin: "0x610100346100f657601f6111f038819003918201601f19168301916001600160401b038311848410176100fa578084926080946040528339810103126100f6578051906001600160a01b03821682036100f65760208101516001600160a01b03811681036100f65761007f60606100786040850161010e565b930161010e565b9260805260a05260c05260e0526040516110ce9081610122823960805181818160c70152818161046301528181610493015281816107720152610e0f015260a051818181610248015281816105580152610601015260c0518181816101b701526109cf015260e051818181610d4a0152610ff40152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b519065ffffffffffff821682036100f65756fe60806040526004361015610011575f80fd5b5f3560e01c80633ccfd60b14610d6e5780633eaf5d9f14610d2c5780634262336014610ce757806369c0081014610ad8578063874fcc221461090257806388a7ca5c146106f9578063926cb0ed146105a2578063a201bbdd1461057c578063abc8c7af14610539578063b062a70d146101db578063db7dd35a14610199578063e1fa8e84146100ef5763fc0c546a146100a8575f80fd5b346100eb575f3660031901126100eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346100eb5760203660031901126100eb57600435801561017157335f52600160205267ffffffffffffffff600160405f2083815501816101325f82845416610f76565b1682198254161781555416604051905f825260208201527f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2260403392a3005b7f4f41a6aa000000000000000000000000000000000000000000000000000000005f5260045ffd5b346100eb575f3660031901126100eb57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100eb5760a03660031901126100eb576101f4610e89565b60243561ffff81168091036100eb576044356001600160a01b038116908181036100eb576064359161ffff83168093036100eb57608435926001600160a01b038416958685036100eb576001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610511576001600160a01b031690815f52600160205260405f208054156104e557600101906102b48254976102af67ffffffffffffffff808b169a60401c168a610fb6565b610fd4565b61270f81018091116104be5761032161030d67ffffffffffffffff61271061035394041699808b105f146104d25767ffffffffffffffff6102f68c8093610f54565b1667ffffffffffffffff198754161786558a610f54565b67ffffffffffffffff855460401c16610f54565b83546fffffffffffffffff0000000000000000191660409190911b6fffffffffffffffff000000000000000016178355565b81549160018360e01c019263ffffffff84116104be5761040360609367ffffffffffffffff93612710937bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffffff000000000000000000000000000000000000000000000000000000007f0f464d1143062a70c0458f707203e937d11d610cd275cb7b1663fce991d7d82a9960e01b1691161790555f54846103f58d828416610f76565b1690851916175f558a610fd4565b041697604051908882528960208301526040820152a3838061048d575b90508211610448575b506040805167ffffffffffffffff928316815292909116602083015290f35b6104879067ffffffffffffffff61045f8585610f54565b16907f000000000000000000000000000000000000000000000000000000000000000061101e565b82610429565b6104b7917f000000000000000000000000000000000000000000000000000000000000000061101e565b8383610420565b634e487b7160e01b5f52601160045260245ffd5b67ffffffffffffffff6102f68280610f54565b827fbfc6c337000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7facd401b4000000000000000000000000000000000000000000000000000000005f5260045ffd5b346100eb575f3660031901126100eb5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100eb575f3660031901126100eb57602067ffffffffffffffff5f5416604051908152f35b346100eb5760403660031901126100eb5760043567ffffffffffffffff81116100eb576105d3903690600401610e9f565b9060243567ffffffffffffffff81116100eb576105f4903690600401610e9f565b9190926001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610511575f5b81811061063257005b8063ffffffff61064d610648600194888a610f08565b610fc3565b16610659575b01610629565b63ffffffff61066c61064883888a610f08565b166001600160a01b03610688610683848789610f08565b610f2c565b165f52826020528260405f2001907fffffffff000000000000ffffffffffffffffffffffffffffffffffffffffffff7bffffffffffff000000000000000000000000000000000000000000006106eb84549365ffffffffffff8560b01c16610f98565b60b01b169116179055610653565b346100eb5760803660031901126100eb57610712610e89565b506024356001600160a01b0381168091036100eb576064359060443567ffffffffffffffff83116100eb57366023840112156100eb57826004013567ffffffffffffffff81116100eb5783013660248201116100eb576001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001633036108da57604090849003126100eb576044602484013593013567ffffffffffffffff81168091036100eb57825f52600160205267ffffffffffffffff600160405f20015416816107e48483610fb6565b036108a757505067ffffffffffffffff168215610171577f2bcfa673d4fd6568719360a280ec4801c57305d73171cb5c0320aa048d43cb2290825f52600160205267ffffffffffffffff600160405f2086815501816108468482845416610f76565b16821982541617815554169061087a6040519283928390929167ffffffffffffffff60209181604085019616845216910152565b0390a360206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b82907ff36d1546000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b7ff43c367c000000000000000000000000000000000000000000000000000000005f5260045ffd5b346100eb5760203660031901126100eb5760043567ffffffffffffffff8116908181036100eb57335f52600160205260405f209082158015610ac1575b610a83576109c2610990600165ffffffffffff94019267ffffffffffffffff61096b8282875416610f54565b855467ffffffffffffffff191691161780855560401c67ffffffffffffffff16610f76565b82546fffffffffffffffff0000000000000000191660409190911b6fffffffffffffffff000000000000000016178255565b6109f46109cd610fe7565b7f000000000000000000000000000000000000000000000000000000000000000090610f98565b7fffffffffffffffffffff000000000000ffffffffffffffffffffffffffffffff75ffffffffffff0000000000000000000000000000000083549260801b1691161780915560405192835267ffffffffffffffff8160401c16602084015260801c1660408201527f57dcacb8a77b8976d7ad1e8c6879fddcd6718ab2069bc722448a9d5d9318a54860603392a2005b50600167ffffffffffffffff910154167f619f8a00000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b508267ffffffffffffffff6001840154161061093f565b346100eb5760203660031901126100eb5760043567ffffffffffffffff81116100eb57610b09903690600401610e9f565b90610b1382610ef0565b6040519290601f01601f1916830167ffffffffffffffff811184821017610cd357604052808352601f19610b4682610ef0565b015f5b818110610c9c5750505f5b818110610bff57836040518091602082016020835281518091526020604084019201905f5b818110610b87575050500390f35b91935091602060c060019263ffffffff60a088518051845267ffffffffffffffff86820151168685015267ffffffffffffffff604082015116604085015265ffffffffffff606082015116606085015265ffffffffffff608082015116608085015201511660a0820152019401910191849392610b79565b806001600160a01b03610c186106836001948688610f08565b165f528160205260405f2082610c2c610ed0565b9180548352015467ffffffffffffffff8116602083015267ffffffffffffffff8160401c16604083015265ffffffffffff8160801c16606083015265ffffffffffff8160b01c16608083015260e01c60a0820152610c8a8287610f40565b52610c958186610f40565b5001610b54565b602090610ca7610ed0565b5f81525f838201525f60408201525f60608201525f60808201525f60a082015282828801015201610b49565b634e487b7160e01b5f52604160045260245ffd5b346100eb5760203660031901126100eb576001600160a01b03610d08610e89565b165f526001602052602067ffffffffffffffff600160405f20015416604051908152f35b346100eb575f3660031901126100eb57602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100eb575f3660031901126100eb57335f526001602052600160405f200180549067ffffffffffffffff8260401c16908115610e615765ffffffffffff9283610db6610fe7565b9160801c169384911610610e3557610e3392506fffffffffffffffff00000000000000001981541690556040518181527fbae95d59332d6e1e8f1ae78e7bebdaeef072d57b731c8790a636667e3a0a87ee60203392a2337f000000000000000000000000000000000000000000000000000000000000000061101e565b005b827fb015252c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd0d04f60000000000000000000000000000000000000000000000000000000005f5260045ffd5b600435906001600160a01b03821682036100eb57565b9181601f840112156100eb5782359167ffffffffffffffff83116100eb576020808501948460051b0101116100eb57565b6040519060c0820182811067ffffffffffffffff821117610cd357604052565b67ffffffffffffffff8111610cd35760051b60200190565b9190811015610f185760051b0190565b634e487b7160e01b5f52603260045260245ffd5b356001600160a01b03811681036100eb5790565b8051821015610f185760209160051b010190565b9067ffffffffffffffff8091169116039067ffffffffffffffff82116104be57565b9067ffffffffffffffff8091169116019067ffffffffffffffff82116104be57565b9065ffffffffffff8091169116019065ffffffffffff82116104be57565b919082018092116104be57565b3563ffffffff811681036100eb5790565b818102929181159184041417156104be57565b65ffffffffffff61101a817f00000000000000000000000000000000000000000000000000000000000000001642610fd4565b1690565b916001600160a01b03604051927fa9059cbb000000000000000000000000000000000000000000000000000000005f521660045260245260205f60448180865af19060015f51148216156110ad575b604052156110785750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9060018115166110c557823b15153d1516169061106d565b503d5f823e3d90fd",
}

// Registry is an auto generated Go binding around an Ethereum contract.
type Registry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Registry) GetABI() abi.ABI {
	return c.abi
}

// NewRegistry creates a new instance of Registry.
func NewRegistry() *Registry {
	parsed, err := RegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Registry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Registry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token_, address marketplace_, uint48 unbondingDelay_, uint48 tick_) returns()
func (registry *Registry) PackConstructor(token_ common.Address, marketplace_ common.Address, unbondingDelay_ *big.Int, tick_ *big.Int) []byte {
	enc, err := registry.abi.Pack("", token_, marketplace_, unbondingDelay_, tick_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackComplete is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x926cb0ed.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function complete(address[] accounts, uint32[] counts) returns()
func (registry *Registry) PackComplete(accounts []common.Address, counts []uint32) []byte {
	enc, err := registry.abi.Pack("complete", accounts, counts)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackComplete is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x926cb0ed.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function complete(address[] accounts, uint32[] counts) returns()
func (registry *Registry) TryPackComplete(accounts []common.Address, counts []uint32) ([]byte, error) {
	return registry.abi.Pack("complete", accounts, counts)
}

// PackMarketplace is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabc8c7af.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function marketplace() view returns(address)
func (registry *Registry) PackMarketplace() []byte {
	enc, err := registry.abi.Pack("marketplace")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMarketplace is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabc8c7af.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function marketplace() view returns(address)
func (registry *Registry) TryPackMarketplace() ([]byte, error) {
	return registry.abi.Pack("marketplace")
}

// UnpackMarketplace is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xabc8c7af.
//
// Solidity: function marketplace() view returns(address)
func (registry *Registry) UnpackMarketplace(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("marketplace", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onTransferReceived(address , address from, uint256 value, bytes data) returns(bytes4)
func (registry *Registry) PackOnTransferReceived(arg0 common.Address, from common.Address, value *big.Int, data []byte) []byte {
	enc, err := registry.abi.Pack("onTransferReceived", arg0, from, value, data)
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
func (registry *Registry) TryPackOnTransferReceived(arg0 common.Address, from common.Address, value *big.Int, data []byte) ([]byte, error) {
	return registry.abi.Pack("onTransferReceived", arg0, from, value, data)
}

// UnpackOnTransferReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x88a7ca5c.
//
// Solidity: function onTransferReceived(address , address from, uint256 value, bytes data) returns(bytes4)
func (registry *Registry) UnpackOnTransferReceived(data []byte) ([4]byte, error) {
	out, err := registry.abi.Unpack("onTransferReceived", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe1fa8e84.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function register(bytes32 peer) returns()
func (registry *Registry) PackRegister(peer [32]byte) []byte {
	enc, err := registry.abi.Pack("register", peer)
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
func (registry *Registry) TryPackRegister(peer [32]byte) ([]byte, error) {
	return registry.abi.Pack("register", peer)
}

// PackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb062a70d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function slash(address account, uint16 bps, address reporter, uint16 rewardBps, address treasury) returns(uint64 amount, uint64 reward)
func (registry *Registry) PackSlash(account common.Address, bps uint16, reporter common.Address, rewardBps uint16, treasury common.Address) []byte {
	enc, err := registry.abi.Pack("slash", account, bps, reporter, rewardBps, treasury)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSlash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb062a70d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function slash(address account, uint16 bps, address reporter, uint16 rewardBps, address treasury) returns(uint64 amount, uint64 reward)
func (registry *Registry) TryPackSlash(account common.Address, bps uint16, reporter common.Address, rewardBps uint16, treasury common.Address) ([]byte, error) {
	return registry.abi.Pack("slash", account, bps, reporter, rewardBps, treasury)
}

// SlashOutput serves as a container for the return parameters of contract
// method Slash.
type SlashOutput struct {
	Amount uint64
	Reward uint64
}

// UnpackSlash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb062a70d.
//
// Solidity: function slash(address account, uint16 bps, address reporter, uint16 rewardBps, address treasury) returns(uint64 amount, uint64 reward)
func (registry *Registry) UnpackSlash(data []byte) (SlashOutput, error) {
	out, err := registry.abi.Unpack("slash", data)
	outstruct := new(SlashOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Amount = *abi.ConvertType(out[0], new(uint64)).(*uint64)
	outstruct.Reward = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackStakeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42623360.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stakeOf(address account) view returns(uint64)
func (registry *Registry) PackStakeOf(account common.Address) []byte {
	enc, err := registry.abi.Pack("stakeOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStakeOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42623360.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stakeOf(address account) view returns(uint64)
func (registry *Registry) TryPackStakeOf(account common.Address) ([]byte, error) {
	return registry.abi.Pack("stakeOf", account)
}

// UnpackStakeOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x42623360.
//
// Solidity: function stakeOf(address account) view returns(uint64)
func (registry *Registry) UnpackStakeOf(data []byte) (uint64, error) {
	out, err := registry.abi.Unpack("stakeOf", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackTick is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3eaf5d9f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tick() view returns(uint48)
func (registry *Registry) PackTick() []byte {
	enc, err := registry.abi.Pack("tick")
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
func (registry *Registry) TryPackTick() ([]byte, error) {
	return registry.abi.Pack("tick")
}

// UnpackTick is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3eaf5d9f.
//
// Solidity: function tick() view returns(uint48)
func (registry *Registry) UnpackTick(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("tick", data)
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
func (registry *Registry) PackToken() []byte {
	enc, err := registry.abi.Pack("token")
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
func (registry *Registry) TryPackToken() ([]byte, error) {
	return registry.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (registry *Registry) UnpackToken(data []byte) (common.Address, error) {
	out, err := registry.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTotalSlashed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa201bbdd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalSlashed() view returns(uint64)
func (registry *Registry) PackTotalSlashed() []byte {
	enc, err := registry.abi.Pack("totalSlashed")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalSlashed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa201bbdd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalSlashed() view returns(uint64)
func (registry *Registry) TryPackTotalSlashed() ([]byte, error) {
	return registry.abi.Pack("totalSlashed")
}

// UnpackTotalSlashed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa201bbdd.
//
// Solidity: function totalSlashed() view returns(uint64)
func (registry *Registry) UnpackTotalSlashed(data []byte) (uint64, error) {
	out, err := registry.abi.Unpack("totalSlashed", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x874fcc22.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unbond(uint64 amount) returns()
func (registry *Registry) PackUnbond(amount uint64) []byte {
	enc, err := registry.abi.Pack("unbond", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUnbond is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x874fcc22.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function unbond(uint64 amount) returns()
func (registry *Registry) TryPackUnbond(amount uint64) ([]byte, error) {
	return registry.abi.Pack("unbond", amount)
}

// PackUnbondingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdb7dd35a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function unbondingDelay() view returns(uint48)
func (registry *Registry) PackUnbondingDelay() []byte {
	enc, err := registry.abi.Pack("unbondingDelay")
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
func (registry *Registry) TryPackUnbondingDelay() ([]byte, error) {
	return registry.abi.Pack("unbondingDelay")
}

// UnpackUnbondingDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdb7dd35a.
//
// Solidity: function unbondingDelay() view returns(uint48)
func (registry *Registry) UnpackUnbondingDelay(data []byte) (*big.Int, error) {
	out, err := registry.abi.Unpack("unbondingDelay", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw() returns()
func (registry *Registry) PackWithdraw() []byte {
	enc, err := registry.abi.Pack("withdraw")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw() returns()
func (registry *Registry) TryPackWithdraw() ([]byte, error) {
	return registry.abi.Pack("withdraw")
}

// PackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69c00810.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint48,uint32)[] out)
func (registry *Registry) PackWorkers(accounts []common.Address) []byte {
	enc, err := registry.abi.Pack("workers", accounts)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWorkers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x69c00810.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint48,uint32)[] out)
func (registry *Registry) TryPackWorkers(accounts []common.Address) ([]byte, error) {
	return registry.abi.Pack("workers", accounts)
}

// UnpackWorkers is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x69c00810.
//
// Solidity: function workers(address[] accounts) view returns((bytes32,uint64,uint64,uint48,uint48,uint32)[] out)
func (registry *Registry) UnpackWorkers(data []byte) ([]RegistryWorker, error) {
	out, err := registry.abi.Unpack("workers", data)
	if err != nil {
		return *new([]RegistryWorker), err
	}
	out0 := *abi.ConvertType(out[0], new([]RegistryWorker)).(*[]RegistryWorker)
	return out0, nil
}

// RegistryRegistered represents a Registered event raised by the Registry contract.
type RegistryRegistered struct {
	Account common.Address
	Peer    [32]byte
	Added   uint64
	Stake   uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryRegisteredEventName = "Registered"

// ContractEventName returns the user-defined event name.
func (RegistryRegistered) ContractEventName() string {
	return RegistryRegisteredEventName
}

// UnpackRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Registered(address indexed account, bytes32 indexed peer, uint64 added, uint64 stake)
func (registry *Registry) UnpackRegisteredEvent(log *types.Log) (*RegistryRegistered, error) {
	event := "Registered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryRegistered)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistrySlashed represents a Slashed event raised by the Registry contract.
type RegistrySlashed struct {
	Account  common.Address
	Amount   uint64
	Reporter common.Address
	Reward   uint64
	Treasury common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const RegistrySlashedEventName = "Slashed"

// ContractEventName returns the user-defined event name.
func (RegistrySlashed) ContractEventName() string {
	return RegistrySlashedEventName
}

// UnpackSlashedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Slashed(address indexed account, uint64 amount, address indexed reporter, uint64 reward, address treasury)
func (registry *Registry) UnpackSlashedEvent(log *types.Log) (*RegistrySlashed, error) {
	event := "Slashed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistrySlashed)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryUnbonding represents a Unbonding event raised by the Registry contract.
type RegistryUnbonding struct {
	Account   common.Address
	Amount    uint64
	Unbonding uint64
	Release   *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const RegistryUnbondingEventName = "Unbonding"

// ContractEventName returns the user-defined event name.
func (RegistryUnbonding) ContractEventName() string {
	return RegistryUnbondingEventName
}

// UnpackUnbondingEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Unbonding(address indexed account, uint64 amount, uint64 unbonding, uint48 release)
func (registry *Registry) UnpackUnbondingEvent(log *types.Log) (*RegistryUnbonding, error) {
	event := "Unbonding"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryUnbonding)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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

// RegistryWithdrawn represents a Withdrawn event raised by the Registry contract.
type RegistryWithdrawn struct {
	Account common.Address
	Amount  uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const RegistryWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (RegistryWithdrawn) ContractEventName() string {
	return RegistryWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed account, uint64 amount)
func (registry *Registry) UnpackWithdrawnEvent(log *types.Log) (*RegistryWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != registry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RegistryWithdrawn)
	if len(log.Data) > 0 {
		if err := registry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range registry.abi.Events[event].Inputs {
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
func (registry *Registry) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], registry.abi.Errors["BadPeer"].ID.Bytes()[:4]) {
		return registry.UnpackBadPeerError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NotRegistered"].ID.Bytes()[:4]) {
		return registry.UnpackNotRegisteredError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["NothingToWithdraw"].ID.Bytes()[:4]) {
		return registry.UnpackNothingToWithdrawError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["OnlyMarketplace"].ID.Bytes()[:4]) {
		return registry.UnpackOnlyMarketplaceError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["OnlyToken"].ID.Bytes()[:4]) {
		return registry.UnpackOnlyTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return registry.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["StakeMismatch"].ID.Bytes()[:4]) {
		return registry.UnpackStakeMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["StakeTooSmall"].ID.Bytes()[:4]) {
		return registry.UnpackStakeTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], registry.abi.Errors["StillUnbonding"].ID.Bytes()[:4]) {
		return registry.UnpackStillUnbondingError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RegistryBadPeer represents a BadPeer error raised by the Registry contract.
type RegistryBadPeer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadPeer()
func RegistryBadPeerErrorID() common.Hash {
	return common.HexToHash("0x4f41a6aac27ac299a020f9918dadaf0a9ccebdfc03ba13e7edfbd65c8d46f14b")
}

// UnpackBadPeerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadPeer()
func (registry *Registry) UnpackBadPeerError(raw []byte) (*RegistryBadPeer, error) {
	out := new(RegistryBadPeer)
	if err := registry.abi.UnpackIntoInterface(out, "BadPeer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNotRegistered represents a NotRegistered error raised by the Registry contract.
type RegistryNotRegistered struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRegistered(address account)
func RegistryNotRegisteredErrorID() common.Hash {
	return common.HexToHash("0xbfc6c337a80b7b8201f77f0a2a54c6e5f7c6fd9124a749804a482fa16ee8a895")
}

// UnpackNotRegisteredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRegistered(address account)
func (registry *Registry) UnpackNotRegisteredError(raw []byte) (*RegistryNotRegistered, error) {
	out := new(RegistryNotRegistered)
	if err := registry.abi.UnpackIntoInterface(out, "NotRegistered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryNothingToWithdraw represents a NothingToWithdraw error raised by the Registry contract.
type RegistryNothingToWithdraw struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToWithdraw()
func RegistryNothingToWithdrawErrorID() common.Hash {
	return common.HexToHash("0xd0d04f60bf4f7629141a1f00f5d2908fa0f3e15bf4cbf8bb8edc6fcbdf2509fa")
}

// UnpackNothingToWithdrawError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToWithdraw()
func (registry *Registry) UnpackNothingToWithdrawError(raw []byte) (*RegistryNothingToWithdraw, error) {
	out := new(RegistryNothingToWithdraw)
	if err := registry.abi.UnpackIntoInterface(out, "NothingToWithdraw", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryOnlyMarketplace represents a OnlyMarketplace error raised by the Registry contract.
type RegistryOnlyMarketplace struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyMarketplace()
func RegistryOnlyMarketplaceErrorID() common.Hash {
	return common.HexToHash("0xacd401b4513baaafcaa2233ae4a97558d2b34784465a7e7cff28a9480bbfd53a")
}

// UnpackOnlyMarketplaceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyMarketplace()
func (registry *Registry) UnpackOnlyMarketplaceError(raw []byte) (*RegistryOnlyMarketplace, error) {
	out := new(RegistryOnlyMarketplace)
	if err := registry.abi.UnpackIntoInterface(out, "OnlyMarketplace", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryOnlyToken represents a OnlyToken error raised by the Registry contract.
type RegistryOnlyToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyToken()
func RegistryOnlyTokenErrorID() common.Hash {
	return common.HexToHash("0xf43c367c7cba1a03f1b783f3868db34ff82d40bb83f3f353b60cce5d6481fafb")
}

// UnpackOnlyTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyToken()
func (registry *Registry) UnpackOnlyTokenError(raw []byte) (*RegistryOnlyToken, error) {
	out := new(RegistryOnlyToken)
	if err := registry.abi.UnpackIntoInterface(out, "OnlyToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistrySafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Registry contract.
type RegistrySafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func RegistrySafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (registry *Registry) UnpackSafeERC20FailedOperationError(raw []byte) (*RegistrySafeERC20FailedOperation, error) {
	out := new(RegistrySafeERC20FailedOperation)
	if err := registry.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryStakeMismatch represents a StakeMismatch error raised by the Registry contract.
type RegistryStakeMismatch struct {
	Stake  *big.Int
	Added  *big.Int
	Wanted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeMismatch(uint256 stake, uint256 added, uint64 wanted)
func RegistryStakeMismatchErrorID() common.Hash {
	return common.HexToHash("0xf36d1546c7a683c90c1580e54ca22d969a71f28429466a54026056de721095ff")
}

// UnpackStakeMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeMismatch(uint256 stake, uint256 added, uint64 wanted)
func (registry *Registry) UnpackStakeMismatchError(raw []byte) (*RegistryStakeMismatch, error) {
	out := new(RegistryStakeMismatch)
	if err := registry.abi.UnpackIntoInterface(out, "StakeMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryStakeTooSmall represents a StakeTooSmall error raised by the Registry contract.
type RegistryStakeTooSmall struct {
	Stake  uint64
	Wanted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeTooSmall(uint64 stake, uint64 wanted)
func RegistryStakeTooSmallErrorID() common.Hash {
	return common.HexToHash("0x619f8a00391d58e6d522fc51a10ccf70ac0f8899825c264aebbd99b23ffe892e")
}

// UnpackStakeTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeTooSmall(uint64 stake, uint64 wanted)
func (registry *Registry) UnpackStakeTooSmallError(raw []byte) (*RegistryStakeTooSmall, error) {
	out := new(RegistryStakeTooSmall)
	if err := registry.abi.UnpackIntoInterface(out, "StakeTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RegistryStillUnbonding represents a StillUnbonding error raised by the Registry contract.
type RegistryStillUnbonding struct {
	Release *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StillUnbonding(uint48 release)
func RegistryStillUnbondingErrorID() common.Hash {
	return common.HexToHash("0xb015252cb001242369f0074dba6ad1ccc5d3dadd8af7f363982d352514e541fe")
}

// UnpackStillUnbondingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StillUnbonding(uint48 release)
func (registry *Registry) UnpackStillUnbondingError(raw []byte) (*RegistryStillUnbonding, error) {
	out := new(RegistryStillUnbonding)
	if err := registry.abi.UnpackIntoInterface(out, "StillUnbonding", raw); err != nil {
		return nil, err
	}
	return out, nil
}
