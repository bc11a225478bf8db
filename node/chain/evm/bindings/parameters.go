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

// ParametersValues is an auto generated low-level Go binding around an user-defined struct.
type ParametersValues struct {
	Treasury  common.Address
	FeeBps    uint16
	SlashBps  uint16
	RewardBps uint16
	MinStake  uint64
	Guardian  common.Address
	Verifier  common.Address
}

// ParametersMetaData contains all meta data concerning the Parameters contract.
var ParametersMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"timelock\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"slashBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"rewardBps\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"guardian\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"internalType\":\"structParameters.Values\",\"name\":\"v\",\"type\":\"tuple\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"NotGuardian\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OutOfBounds\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"name\":\"OwnableInvalidOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"OwnableUnauthorizedAccount\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"slashBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"rewardBps\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"guardian\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"indexed\":false,\"internalType\":\"structParameters.Values\",\"name\":\"values\",\"type\":\"tuple\"}],\"name\":\"Changed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"previousOwner\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"newOwner\",\"type\":\"address\"}],\"name\":\"OwnershipTransferred\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"paused\",\"type\":\"bool\"}],\"name\":\"Paused\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"MAX_FEE\",\"outputs\":[{\"internalType\":\"uint16\",\"name\":\"\",\"type\":\"uint16\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_REWARD\",\"outputs\":[{\"internalType\":\"uint16\",\"name\":\"\",\"type\":\"uint16\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_STAKE\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MIN_SLASH\",\"outputs\":[{\"internalType\":\"uint16\",\"name\":\"\",\"type\":\"uint16\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"forLock\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"stopped\",\"type\":\"bool\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bool\",\"name\":\"on\",\"type\":\"bool\"}],\"name\":\"pause\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"paused\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"renounceOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"slashBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"rewardBps\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"guardian\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"internalType\":\"structParameters.Values\",\"name\":\"v\",\"type\":\"tuple\"}],\"name\":\"set\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"newOwner\",\"type\":\"address\"}],\"name\":\"transferOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"values\",\"outputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"treasury\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"feeBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"slashBps\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"rewardBps\",\"type\":\"uint16\"},{\"internalType\":\"uint64\",\"name\":\"minStake\",\"type\":\"uint64\"},{\"internalType\":\"address\",\"name\":\"guardian\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"verifier\",\"type\":\"address\"}],\"internalType\":\"structParameters.Values\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Parameters",
	Bin: "0x60806040523461034257604051610bd038819003601f8101601f191683016001600160401b03811184821017610346578392829160405283398101039061010082126103425760e06100508261035a565b92601f1901126103425760405160e081016001600160401b03811182821017610346576040526100826020830161035a565b81526100906040830161036e565b92602082019384526100a46060840161036e565b92604083019384526100b86080820161036e565b6060840190815260a082015190936001600160401b038216820361034257608081019182526100fc60e06100ee60c0860161035a565b9460a084019586520161035a565b60c082019081526001600160a01b0390941694851561032f575f80546001600160a01b031981168817825560405197916001600160a01b03909116907f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e09080a381516001600160a01b031615801561031f575b801561030f575b80156102ff575b80156102ef575b80156102dd575b80156102c1575b6102b2579051600180548951895185516001600160d01b03199093166001600160a01b0395861690811760a093841b61ffff60a01b161760b09290921b61ffff60b01b169190911760c093841b61ffff60c01b161790935585516002805489516001600160e01b03199091166001600160401b0393841617604091821b600160401b600160e01b0316179091558951600380546001600160a01b031916918816919091179055938a529a5161ffff90811660208b015299518a16928901929092529251909716606087015291519096166080850152905181169383019390935251909116918101919091527f1e063a28a467d59e6ca3e901bbec5e8ac91dd77db7e6cc46b0f10f006135bbf79060e090a1604051610852908161037e8239f35b632d0483c560e21b5f5260045ffd5b50825166038d7ea4c680006001600160401b0390911611610192565b5082516001600160401b03161561018b565b5061138861ffff82511611610184565b5061271061ffff8851161161017d565b506103e861ffff88511610610176565b506103e861ffff8951161161016f565b631e4fbdf760e01b5f525f60045260245ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b038216820361034257565b519061ffff821682036103425756fe6080806040526004361015610012575f80fd5b5f3560e01c90816302329a29146106e5575080630d6ce15e146104b05780630e1505e0146106c9578063563e13ac146106855780635c975abb14610663578063715018a6146105ff5780638da5cb5b146105da578063971217b7146104b5578063bc063e1a146104b0578063c92504c51461016e578063c98517c51461014d5763f2fde38b146100a0575f80fd5b34610149576020366003190112610149576001600160a01b036100c16107b0565b6100c9610813565b16801561011d576001600160a01b035f548273ffffffffffffffffffffffffffffffffffffffff198216175f55167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e05f80a3005b7f1e4fbdf7000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b5f80fd5b34610149575f36600319011261014957602060405166038d7ea4c680008152f35b346101495760e036600319011261014957610187610813565b61018f6107c6565b6101976107b0565b8082526024359161ffff83169283810361014957602082019081526044359261ffff841680850361014957604084019485526064359261ffff84169687850361014957606086019485526084359767ffffffffffffffff891690818a036101495760808801998a5260a435946001600160a01b03861686036101495760a0890195865260c435966001600160a01b03881688036101495760c08a019788526001600160a01b0316159384156104a4575b508315610498575b831561048c575b508215610480575b508115610477575b8115610466575b5061043e577f1e063a28a467d59e6ca3e901bbec5e8ac91dd77db7e6cc46b0f10f006135bbf796610439966001600160a01b039567ffffffffffffffff938789511673ffffffffffffffffffffffffffffffffffffffff19600154161760015551917fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff75ffff000000000000000000000000000000000000000079ffff00000000000000000000000000000000000000000000000077ffff00000000000000000000000000000000000000000000600154945160b01b16945160c01b169460a01b16911617171760015551167fffffffff000000000000000000000000000000000000000000000000000000007bffffffffffffffffffffffffffffffffffffffff0000000000000000600254935160401b1692161717600255511673ffffffffffffffffffffffffffffffffffffffff1960035416176003556040519182918291909160c06001600160a01b038160e084019582815116855261ffff602082015116602086015261ffff604082015116604086015261ffff606082015116606086015267ffffffffffffffff60808201511660808601528260a08201511660a0860152015116910152565b0390a1005b7fb4120f14000000000000000000000000000000000000000000000000000000005f5260045ffd5b66038d7ea4c680009150118861026d565b80159150610266565b6113881091508961025e565b6127101092508a610256565b6103e88110935061024f565b6103e81093508b610247565b610794565b34610149575f366003190112610149575f60c06104d06107c6565b8281528260208201528260408201528260608201528260808201528260a082015201526105d66104fe6107c6565b61ffff6001546001600160a01b0381168352818160a01c166020840152818160b01c16604084015260c01c1660608201526001600160a01b0360025467ffffffffffffffff8116608084015260401c1660a08201526001600160a01b036003541660c08201526040519182918291909160c06001600160a01b038160e084019582815116855261ffff602082015116602086015261ffff604082015116604086015261ffff606082015116606086015267ffffffffffffffff60808201511660808601528260a08201511660a0860152015116910152565b0390f35b34610149575f3660031901126101495760206001600160a01b035f5416604051908152f35b34610149575f36600319011261014957610617610813565b5f6001600160a01b03815473ffffffffffffffffffffffffffffffffffffffff1981168355167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e08280a3005b34610149575f36600319011261014957602060ff600454166040519015158152f35b34610149575f36600319011261014957606060ff6004541661ffff60015460a01c1667ffffffffffffffff6002541690604051921515835260208301526040820152f35b34610149575f3660031901126101495760206040516113888152f35b3461014957602036600319011261014957600435801515809103610149576001600160a01b0360025460401c1633141580610780575b610758577f0e2fb031ee032dc02d8011dc50b816eb450cf856abd8261680dac74f72165bd29160209160ff196004541660ff8216176004558152a1005b7fef6d0f02000000000000000000000000000000000000000000000000000000005f5260045ffd5b506001600160a01b035f541633141561071b565b34610149575f3660031901126101495760206040516103e88152f35b600435906001600160a01b038216820361014957565b6040519060e0820182811067ffffffffffffffff8211176107e657604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6001600160a01b035f5416330361082657565b7f118cdaa7000000000000000000000000000000000000000000000000000000005f523360045260245ffd",
}

// Parameters is an auto generated Go binding around an Ethereum contract.
type Parameters struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Parameters) GetABI() abi.ABI {
	return c.abi
}

// NewParameters creates a new instance of Parameters.
func NewParameters() *Parameters {
	parsed, err := ParametersMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Parameters{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Parameters) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address timelock, (address,uint16,uint16,uint16,uint64,address,address) v) returns()
func (parameters *Parameters) PackConstructor(timelock common.Address, v ParametersValues) []byte {
	enc, err := parameters.abi.Pack("", timelock, v)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackMAXFEE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc063e1a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_FEE() view returns(uint16)
func (parameters *Parameters) PackMAXFEE() []byte {
	enc, err := parameters.abi.Pack("MAX_FEE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXFEE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc063e1a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_FEE() view returns(uint16)
func (parameters *Parameters) TryPackMAXFEE() ([]byte, error) {
	return parameters.abi.Pack("MAX_FEE")
}

// UnpackMAXFEE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbc063e1a.
//
// Solidity: function MAX_FEE() view returns(uint16)
func (parameters *Parameters) UnpackMAXFEE(data []byte) (uint16, error) {
	out, err := parameters.abi.Unpack("MAX_FEE", data)
	if err != nil {
		return *new(uint16), err
	}
	out0 := *abi.ConvertType(out[0], new(uint16)).(*uint16)
	return out0, nil
}

// PackMAXREWARD is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e1505e0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_REWARD() view returns(uint16)
func (parameters *Parameters) PackMAXREWARD() []byte {
	enc, err := parameters.abi.Pack("MAX_REWARD")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXREWARD is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e1505e0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_REWARD() view returns(uint16)
func (parameters *Parameters) TryPackMAXREWARD() ([]byte, error) {
	return parameters.abi.Pack("MAX_REWARD")
}

// UnpackMAXREWARD is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0e1505e0.
//
// Solidity: function MAX_REWARD() view returns(uint16)
func (parameters *Parameters) UnpackMAXREWARD(data []byte) (uint16, error) {
	out, err := parameters.abi.Unpack("MAX_REWARD", data)
	if err != nil {
		return *new(uint16), err
	}
	out0 := *abi.ConvertType(out[0], new(uint16)).(*uint16)
	return out0, nil
}

// PackMAXSTAKE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc98517c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_STAKE() view returns(uint64)
func (parameters *Parameters) PackMAXSTAKE() []byte {
	enc, err := parameters.abi.Pack("MAX_STAKE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXSTAKE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc98517c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_STAKE() view returns(uint64)
func (parameters *Parameters) TryPackMAXSTAKE() ([]byte, error) {
	return parameters.abi.Pack("MAX_STAKE")
}

// UnpackMAXSTAKE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc98517c5.
//
// Solidity: function MAX_STAKE() view returns(uint64)
func (parameters *Parameters) UnpackMAXSTAKE(data []byte) (uint64, error) {
	out, err := parameters.abi.Unpack("MAX_STAKE", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackMINSLASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0d6ce15e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MIN_SLASH() view returns(uint16)
func (parameters *Parameters) PackMINSLASH() []byte {
	enc, err := parameters.abi.Pack("MIN_SLASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMINSLASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0d6ce15e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MIN_SLASH() view returns(uint16)
func (parameters *Parameters) TryPackMINSLASH() ([]byte, error) {
	return parameters.abi.Pack("MIN_SLASH")
}

// UnpackMINSLASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0d6ce15e.
//
// Solidity: function MIN_SLASH() view returns(uint16)
func (parameters *Parameters) UnpackMINSLASH(data []byte) (uint16, error) {
	out, err := parameters.abi.Unpack("MIN_SLASH", data)
	if err != nil {
		return *new(uint16), err
	}
	out0 := *abi.ConvertType(out[0], new(uint16)).(*uint16)
	return out0, nil
}

// PackForLock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x563e13ac.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function forLock() view returns(bool stopped, uint16 feeBps, uint64 minStake)
func (parameters *Parameters) PackForLock() []byte {
	enc, err := parameters.abi.Pack("forLock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackForLock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x563e13ac.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function forLock() view returns(bool stopped, uint16 feeBps, uint64 minStake)
func (parameters *Parameters) TryPackForLock() ([]byte, error) {
	return parameters.abi.Pack("forLock")
}

// ForLockOutput serves as a container for the return parameters of contract
// method ForLock.
type ForLockOutput struct {
	Stopped  bool
	FeeBps   uint16
	MinStake uint64
}

// UnpackForLock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x563e13ac.
//
// Solidity: function forLock() view returns(bool stopped, uint16 feeBps, uint64 minStake)
func (parameters *Parameters) UnpackForLock(data []byte) (ForLockOutput, error) {
	out, err := parameters.abi.Unpack("forLock", data)
	outstruct := new(ForLockOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Stopped = *abi.ConvertType(out[0], new(bool)).(*bool)
	outstruct.FeeBps = *abi.ConvertType(out[1], new(uint16)).(*uint16)
	outstruct.MinStake = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (parameters *Parameters) PackOwner() []byte {
	enc, err := parameters.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (parameters *Parameters) TryPackOwner() ([]byte, error) {
	return parameters.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (parameters *Parameters) UnpackOwner(data []byte) (common.Address, error) {
	out, err := parameters.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02329a29.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pause(bool on) returns()
func (parameters *Parameters) PackPause(on bool) []byte {
	enc, err := parameters.abi.Pack("pause", on)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPause is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02329a29.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pause(bool on) returns()
func (parameters *Parameters) TryPackPause(on bool) ([]byte, error) {
	return parameters.abi.Pack("pause", on)
}

// PackPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c975abb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function paused() view returns(bool)
func (parameters *Parameters) PackPaused() []byte {
	enc, err := parameters.abi.Pack("paused")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c975abb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function paused() view returns(bool)
func (parameters *Parameters) TryPackPaused() ([]byte, error) {
	return parameters.abi.Pack("paused")
}

// UnpackPaused is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5c975abb.
//
// Solidity: function paused() view returns(bool)
func (parameters *Parameters) UnpackPaused(data []byte) (bool, error) {
	out, err := parameters.abi.Unpack("paused", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function renounceOwnership() returns()
func (parameters *Parameters) PackRenounceOwnership() []byte {
	enc, err := parameters.abi.Pack("renounceOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function renounceOwnership() returns()
func (parameters *Parameters) TryPackRenounceOwnership() ([]byte, error) {
	return parameters.abi.Pack("renounceOwnership")
}

// PackSet is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc92504c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function set((address,uint16,uint16,uint16,uint64,address,address) v) returns()
func (parameters *Parameters) PackSet(v ParametersValues) []byte {
	enc, err := parameters.abi.Pack("set", v)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSet is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc92504c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function set((address,uint16,uint16,uint16,uint64,address,address) v) returns()
func (parameters *Parameters) TryPackSet(v ParametersValues) ([]byte, error) {
	return parameters.abi.Pack("set", v)
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (parameters *Parameters) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := parameters.abi.Pack("transferOwnership", newOwner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (parameters *Parameters) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return parameters.abi.Pack("transferOwnership", newOwner)
}

// PackValues is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x971217b7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function values() view returns((address,uint16,uint16,uint16,uint64,address,address))
func (parameters *Parameters) PackValues() []byte {
	enc, err := parameters.abi.Pack("values")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackValues is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x971217b7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function values() view returns((address,uint16,uint16,uint16,uint64,address,address))
func (parameters *Parameters) TryPackValues() ([]byte, error) {
	return parameters.abi.Pack("values")
}

// UnpackValues is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x971217b7.
//
// Solidity: function values() view returns((address,uint16,uint16,uint16,uint64,address,address))
func (parameters *Parameters) UnpackValues(data []byte) (ParametersValues, error) {
	out, err := parameters.abi.Unpack("values", data)
	if err != nil {
		return *new(ParametersValues), err
	}
	out0 := *abi.ConvertType(out[0], new(ParametersValues)).(*ParametersValues)
	return out0, nil
}

// ParametersChanged represents a Changed event raised by the Parameters contract.
type ParametersChanged struct {
	Values ParametersValues
	Raw    *types.Log // Blockchain specific contextual infos
}

const ParametersChangedEventName = "Changed"

// ContractEventName returns the user-defined event name.
func (ParametersChanged) ContractEventName() string {
	return ParametersChangedEventName
}

// UnpackChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Changed((address,uint16,uint16,uint16,uint64,address,address) values)
func (parameters *Parameters) UnpackChangedEvent(log *types.Log) (*ParametersChanged, error) {
	event := "Changed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != parameters.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ParametersChanged)
	if len(log.Data) > 0 {
		if err := parameters.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range parameters.abi.Events[event].Inputs {
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

// ParametersOwnershipTransferred represents a OwnershipTransferred event raised by the Parameters contract.
type ParametersOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const ParametersOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (ParametersOwnershipTransferred) ContractEventName() string {
	return ParametersOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (parameters *Parameters) UnpackOwnershipTransferredEvent(log *types.Log) (*ParametersOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != parameters.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ParametersOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := parameters.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range parameters.abi.Events[event].Inputs {
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

// ParametersPaused represents a Paused event raised by the Parameters contract.
type ParametersPaused struct {
	Paused bool
	Raw    *types.Log // Blockchain specific contextual infos
}

const ParametersPausedEventName = "Paused"

// ContractEventName returns the user-defined event name.
func (ParametersPaused) ContractEventName() string {
	return ParametersPausedEventName
}

// UnpackPausedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Paused(bool paused)
func (parameters *Parameters) UnpackPausedEvent(log *types.Log) (*ParametersPaused, error) {
	event := "Paused"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != parameters.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(ParametersPaused)
	if len(log.Data) > 0 {
		if err := parameters.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range parameters.abi.Events[event].Inputs {
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
func (parameters *Parameters) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], parameters.abi.Errors["NotGuardian"].ID.Bytes()[:4]) {
		return parameters.UnpackNotGuardianError(raw[4:])
	}
	if bytes.Equal(raw[:4], parameters.abi.Errors["OutOfBounds"].ID.Bytes()[:4]) {
		return parameters.UnpackOutOfBoundsError(raw[4:])
	}
	if bytes.Equal(raw[:4], parameters.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return parameters.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], parameters.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return parameters.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// ParametersNotGuardian represents a NotGuardian error raised by the Parameters contract.
type ParametersNotGuardian struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotGuardian()
func ParametersNotGuardianErrorID() common.Hash {
	return common.HexToHash("0xef6d0f022a6034a270a71b2c18c08f672aa285210fc713e02118a224aabfd50b")
}

// UnpackNotGuardianError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotGuardian()
func (parameters *Parameters) UnpackNotGuardianError(raw []byte) (*ParametersNotGuardian, error) {
	out := new(ParametersNotGuardian)
	if err := parameters.abi.UnpackIntoInterface(out, "NotGuardian", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ParametersOutOfBounds represents a OutOfBounds error raised by the Parameters contract.
type ParametersOutOfBounds struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OutOfBounds()
func ParametersOutOfBoundsErrorID() common.Hash {
	return common.HexToHash("0xb4120f14af9cca91aac57ce2006bfd959a788401f0685cf8fa3ac12e63e3b542")
}

// UnpackOutOfBoundsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OutOfBounds()
func (parameters *Parameters) UnpackOutOfBoundsError(raw []byte) (*ParametersOutOfBounds, error) {
	out := new(ParametersOutOfBounds)
	if err := parameters.abi.UnpackIntoInterface(out, "OutOfBounds", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ParametersOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the Parameters contract.
type ParametersOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func ParametersOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (parameters *Parameters) UnpackOwnableInvalidOwnerError(raw []byte) (*ParametersOwnableInvalidOwner, error) {
	out := new(ParametersOwnableInvalidOwner)
	if err := parameters.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// ParametersOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the Parameters contract.
type ParametersOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func ParametersOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (parameters *Parameters) UnpackOwnableUnauthorizedAccountError(raw []byte) (*ParametersOwnableUnauthorizedAccount, error) {
	out := new(ParametersOwnableUnauthorizedAccount)
	if err := parameters.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
