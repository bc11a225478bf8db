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

// DrawsMetaData contains all meta data concerning the Draws contract.
var DrawsMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seat\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"ask\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"}],\"name\":\"AskTooHigh\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"seats\",\"type\":\"uint256\"}],\"name\":\"BadSeatCount\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSeating\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BeaconLost\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BeaconTooEarly\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotAnchored\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"marketplace\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"random\",\"type\":\"bytes32\"}],\"name\":\"Kept\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"MAX_SEATS\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"anchored\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"candidates\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"tasks\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"quorum\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"maxPrice\",\"type\":\"uint64\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"check\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"drawn\",\"type\":\"bool\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"random\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"task\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"seating\",\"type\":\"bytes\"}],\"name\":\"draw\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"found\",\"type\":\"uint256\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"contractMarketplace\",\"name\":\"marketplace\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"id\",\"type\":\"bytes32\"}],\"name\":\"keep\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"marketplace\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"job\",\"type\":\"bytes32\"}],\"name\":\"kept\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Draws",
	Bin: "0x60808060405234601557610d77908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c806355025344146103d957806375248f2d1461038857806394c2c24f1461036d578063a4ae518d146100f2578063b67af999146100ac5763d267ff991461005b575f80fd5b346100a85760803660031901126100a85760643567ffffffffffffffff81116100a8576100a0610091602092369060040161040c565b9060443560243560043561084a565b604051908152f35b5f80fd5b346100a85760403660031901126100a8576004356001600160a01b0381168091036100a8575f525f60205260405f206024355f52602052602060405f2054604051908152f35b346100a85760803660031901126100a857600435602435906044359067ffffffffffffffff82168092036100a85760643567ffffffffffffffff81116100a85761014090369060040161040c565b6002811061035a57801561034657813560f81c918160011015610346576001810135948560f81c93878510801561033c575b610329578085119660f31c611fe016851560208783041417156101ff57600201806002116101ff578098821091821561031e575b5081156102b5575b50610213575f9691965b8481106102485750505b8181106101d457602085604051908152f35b836101e0828489610cfe565b84618000821661023b575010155b6102135760028101809111156101c2575b634e487b7160e01b5f52601160045260245ffd5b7fe4e2bc96000000000000000000000000000000000000000000000000000000005f5260045ffd5b91506180001810156101ee565b60028160059994991b8401013567ffffffffffffffff8160201c16838111610281575063ffffffff1615610213576001019691966101b8565b9190507f5e5b3c63000000000000000000000000000000000000000000000000000000005f5260045260245260445260645ffd5b9050868185141591826102cb575b5050886101ae565b909150816102dd575b501586896102c3565b90507f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff861686036101ff57610316908660011b90610831565b8314886102d4565b6040109150896101a6565b8463a78e3cf160e01b5f5260045260245ffd5b5060408511610172565b634e487b7160e01b5f52603260045260245ffd5b63a78e3cf160e01b5f525f60045260245ffd5b346100a8575f3660031901126100a857602060405160408152f35b346100a85760803660031901126100a85760043560643567ffffffffffffffff81116100a8576020916103c26100a092369060040161040c565b91604435906103d46024358233610b87565b61084a565b346100a85760403660031901126100a8576004356001600160a01b03811681036100a85761040a90602435906104c0565b005b9181601f840112156100a85782359167ffffffffffffffff83116100a857602083818601950101116100a857565b90601f8019910116810190811067ffffffffffffffff82111761045c57604052565b634e487b7160e01b5f52604160045260245ffd5b519061ffff821682036100a857565b519060ff821682036100a857565b519067ffffffffffffffff821682036100a857565b519081151582036100a857565b519063ffffffff821682036100a857565b6001600160a01b0316805f525f60205260405f20825f5260205260405f205461082d576040517fdb371c600000000000000000000000000000000000000000000000000000000081528260048201526102e081602481855afa908115610822575f916105b0575b50604001516060015163ffffffff16801561058857602061056a7fc5e573737f4c704a43d11fed7568e3396ef8380f3b6745b4f23a851cbef7d6b6928585610b87565b835f525f825260405f20855f5282528060405f2055604051908152a3565b7f0c4ba7e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b8091506102e03d811161081b575b6105c8818361043a565b810103906102e082126100a8576040519160a0830183811067ffffffffffffffff82111761045c5760405260c081126100a85760405160c0810181811067ffffffffffffffff82111761045c5760405282516001600160a01b03811681036100a8578152602083015165ffffffffffff811681036100a857602082015261065160408401610470565b60408201526106626060840161047f565b60608201526106736080840161047f565b608082015261068460a08401610470565b60a0820152835261010060bf198201126100a85760405190610100820182811067ffffffffffffffff82111761045c576040526106c360c0840161048d565b82526106d160e0840161048d565b60208301526106e3610100840161048d565b60408301526106f56101208401610470565b606083015261070761014084016104a2565b608083015261071961016084016104a2565b60a083015261072b61018084016104a2565b60c08301526101a08301519162ffffff831683036100a85760e0928382015260208501526101bf1901126100a85760405160e081019281841067ffffffffffffffff85111761045c576102c060609360409363ffffffff9685526107926101c0830161048d565b81526107a16101e0830161048d565b60208201526107b361020083016104af565b858201526107c461022083016104af565b868201526107d56102408301610470565b60808201526107e761026083016104a2565b60a08201526107f961028083016104a2565b60c0820152848401526102a08101518584015201516080820152925050610527565b503d6105be565b6040513d5f823e3d90fd5b5050565b919082018092116101ff57565b80156101ff575f190190565b91929094935f95811561034657823560f81c948260011015610346576001840135958660f81c93611fe080839960f31c161694808604602014901517156101ff578460020190816002116101ff57818111610af1575b505060405195939493879391506109006108ba818961043a565b3688375f94600288978901910161080089019182985b818110610a9757505050507fffffffff000000000000000000000000000000000000000000000000000000006040936020855161090d878261043a565b6012815201937f6770756d6573682f706f632f72616e6b2f310000000000000000000000000000855285519360126020860196875e6032850152605284015260e01b1660728201525f6076820152605a815261096a607a8261043a565b605a8101935b61097e575050505050505050565b60205f84518084518087835e8101838152039060025afa15610a8d575f5160c01c600185510185528515610a79578568010000000000000000066801000000000000000003906801000000000000000082116101ff57898792821015610a71575090889106879688515b80831015610a5c57506107ff198389030160031b8301978851925b83811015610a4657505f895282815103905203950360051c60018b821c1615610a2e575b5087610970565b996001610a3f92999b1b179961083e565b965f610a27565b602099909901805190998c955090939003610a03565b6020909801805190988b9450909203916109e8565b915050610970565b634e487b7160e01b5f52601260045260245ffd5b82513d5f823e3d90fd5b91939495965091965f906101008301848111610aea575b808410610acc575090602091818a52019701918a96959493916108d0565b9294916020809163ffffffff85351690818952019301950192610aae565b5083610aae565b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff841684036101ff57610b2b610b32928560011b90610831565b9087610cfe565b916180008316610b49575050905b905f80806108a0565b92965097506001618000610b5f92181b9761083e565b94610b40565b602081519101519060208110610b79575090565b5f199060200360031b1b1690565b91600181018091116101ff5780431115610cd6578040928315610bcc575b50506040519060208201928352604082015260408152610bc660608261043a565b51902090565b6001600160a01b0391929350165f525f60205260405f20825f5260205260405f205480610cd057505f80916040516020810191825260208152610c1060408261043a565b519071f90827f1c53a10cb7a02335b1753200029355afa3d15610cc8573d9067ffffffffffffffff821161045c5760405191610c56601f8201601f19166020018461043a565b82523d5f602084013e5b158015610cbc575b8015610cac575b610c8457610c7c90610b65565b905f80610ba5565b7f72f524ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b50610cb681610b65565b15610c6f565b50602081511415610c68565b606090610c60565b91505090565b7fa3d09665000000000000000000000000000000000000000000000000000000005f5260045ffd5b91908082116100a8578190039101357fffff00000000000000000000000000000000000000000000000000000000000081169160028110610d42575b505060f01c90565b7fffff0000000000000000000000000000000000000000000000000000000000009250829060020360031b1b16165f80610d3a56",
}

// Draws is an auto generated Go binding around an Ethereum contract.
type Draws struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Draws) GetABI() abi.ABI {
	return c.abi
}

// NewDraws creates a new instance of Draws.
func NewDraws() *Draws {
	parsed, err := DrawsMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Draws{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Draws) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackMAXSEATS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x94c2c24f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_SEATS() view returns(uint256)
func (draws *Draws) PackMAXSEATS() []byte {
	enc, err := draws.abi.Pack("MAX_SEATS")
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
func (draws *Draws) TryPackMAXSEATS() ([]byte, error) {
	return draws.abi.Pack("MAX_SEATS")
}

// UnpackMAXSEATS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x94c2c24f.
//
// Solidity: function MAX_SEATS() view returns(uint256)
func (draws *Draws) UnpackMAXSEATS(data []byte) (*big.Int, error) {
	out, err := draws.abi.Unpack("MAX_SEATS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCandidates is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75248f2d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function candidates(bytes32 id, uint256 anchored, uint256 task, bytes seating) view returns(uint256)
func (draws *Draws) PackCandidates(id [32]byte, anchored *big.Int, task *big.Int, seating []byte) []byte {
	enc, err := draws.abi.Pack("candidates", id, anchored, task, seating)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCandidates is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75248f2d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function candidates(bytes32 id, uint256 anchored, uint256 task, bytes seating) view returns(uint256)
func (draws *Draws) TryPackCandidates(id [32]byte, anchored *big.Int, task *big.Int, seating []byte) ([]byte, error) {
	return draws.abi.Pack("candidates", id, anchored, task, seating)
}

// UnpackCandidates is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x75248f2d.
//
// Solidity: function candidates(bytes32 id, uint256 anchored, uint256 task, bytes seating) view returns(uint256)
func (draws *Draws) UnpackCandidates(data []byte) (*big.Int, error) {
	out, err := draws.abi.Unpack("candidates", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCheck is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4ae518d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function check(uint256 tasks, uint256 quorum, uint64 maxPrice, bytes seating) pure returns(bool drawn)
func (draws *Draws) PackCheck(tasks *big.Int, quorum *big.Int, maxPrice uint64, seating []byte) []byte {
	enc, err := draws.abi.Pack("check", tasks, quorum, maxPrice, seating)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCheck is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4ae518d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function check(uint256 tasks, uint256 quorum, uint64 maxPrice, bytes seating) pure returns(bool drawn)
func (draws *Draws) TryPackCheck(tasks *big.Int, quorum *big.Int, maxPrice uint64, seating []byte) ([]byte, error) {
	return draws.abi.Pack("check", tasks, quorum, maxPrice, seating)
}

// UnpackCheck is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa4ae518d.
//
// Solidity: function check(uint256 tasks, uint256 quorum, uint64 maxPrice, bytes seating) pure returns(bool drawn)
func (draws *Draws) UnpackCheck(data []byte) (bool, error) {
	out, err := draws.abi.Unpack("check", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackDraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd267ff99.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function draw(bytes32 random, bytes32 id, uint256 task, bytes seating) pure returns(uint256 found)
func (draws *Draws) PackDraw(random [32]byte, id [32]byte, task *big.Int, seating []byte) []byte {
	enc, err := draws.abi.Pack("draw", random, id, task, seating)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd267ff99.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function draw(bytes32 random, bytes32 id, uint256 task, bytes seating) pure returns(uint256 found)
func (draws *Draws) TryPackDraw(random [32]byte, id [32]byte, task *big.Int, seating []byte) ([]byte, error) {
	return draws.abi.Pack("draw", random, id, task, seating)
}

// UnpackDraw is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd267ff99.
//
// Solidity: function draw(bytes32 random, bytes32 id, uint256 task, bytes seating) pure returns(uint256 found)
func (draws *Draws) UnpackDraw(data []byte) (*big.Int, error) {
	out, err := draws.abi.Unpack("draw", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackKeep is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x55025344.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function keep(address marketplace, bytes32 id) returns()
func (draws *Draws) PackKeep(marketplace common.Address, id [32]byte) []byte {
	enc, err := draws.abi.Pack("keep", marketplace, id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKeep is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x55025344.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function keep(address marketplace, bytes32 id) returns()
func (draws *Draws) TryPackKeep(marketplace common.Address, id [32]byte) ([]byte, error) {
	return draws.abi.Pack("keep", marketplace, id)
}

// PackKept is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb67af999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function kept(address marketplace, bytes32 job) view returns(bytes32)
func (draws *Draws) PackKept(marketplace common.Address, job [32]byte) []byte {
	enc, err := draws.abi.Pack("kept", marketplace, job)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKept is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb67af999.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function kept(address marketplace, bytes32 job) view returns(bytes32)
func (draws *Draws) TryPackKept(marketplace common.Address, job [32]byte) ([]byte, error) {
	return draws.abi.Pack("kept", marketplace, job)
}

// UnpackKept is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb67af999.
//
// Solidity: function kept(address marketplace, bytes32 job) view returns(bytes32)
func (draws *Draws) UnpackKept(data []byte) ([32]byte, error) {
	out, err := draws.abi.Unpack("kept", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// DrawsKept represents a Kept event raised by the Draws contract.
type DrawsKept struct {
	Marketplace common.Address
	Job         [32]byte
	Random      [32]byte
	Raw         *types.Log // Blockchain specific contextual infos
}

const DrawsKeptEventName = "Kept"

// ContractEventName returns the user-defined event name.
func (DrawsKept) ContractEventName() string {
	return DrawsKeptEventName
}

// UnpackKeptEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Kept(address indexed marketplace, bytes32 indexed job, bytes32 random)
func (draws *Draws) UnpackKeptEvent(log *types.Log) (*DrawsKept, error) {
	event := "Kept"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != draws.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DrawsKept)
	if len(log.Data) > 0 {
		if err := draws.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range draws.abi.Events[event].Inputs {
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
func (draws *Draws) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], draws.abi.Errors["AskTooHigh"].ID.Bytes()[:4]) {
		return draws.UnpackAskTooHighError(raw[4:])
	}
	if bytes.Equal(raw[:4], draws.abi.Errors["BadSeatCount"].ID.Bytes()[:4]) {
		return draws.UnpackBadSeatCountError(raw[4:])
	}
	if bytes.Equal(raw[:4], draws.abi.Errors["BadSeating"].ID.Bytes()[:4]) {
		return draws.UnpackBadSeatingError(raw[4:])
	}
	if bytes.Equal(raw[:4], draws.abi.Errors["BeaconLost"].ID.Bytes()[:4]) {
		return draws.UnpackBeaconLostError(raw[4:])
	}
	if bytes.Equal(raw[:4], draws.abi.Errors["BeaconTooEarly"].ID.Bytes()[:4]) {
		return draws.UnpackBeaconTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], draws.abi.Errors["NotAnchored"].ID.Bytes()[:4]) {
		return draws.UnpackNotAnchoredError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// DrawsAskTooHigh represents a AskTooHigh error raised by the Draws contract.
type DrawsAskTooHigh struct {
	Seat     *big.Int
	Ask      uint64
	MaxPrice uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice)
func DrawsAskTooHighErrorID() common.Hash {
	return common.HexToHash("0x5e5b3c632f5a126d1727313180877424a78496ce35561a8e136f13681b20446e")
}

// UnpackAskTooHighError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AskTooHigh(uint256 seat, uint64 ask, uint64 maxPrice)
func (draws *Draws) UnpackAskTooHighError(raw []byte) (*DrawsAskTooHigh, error) {
	out := new(DrawsAskTooHigh)
	if err := draws.abi.UnpackIntoInterface(out, "AskTooHigh", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DrawsBadSeatCount represents a BadSeatCount error raised by the Draws contract.
type DrawsBadSeatCount struct {
	Seats *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSeatCount(uint256 seats)
func DrawsBadSeatCountErrorID() common.Hash {
	return common.HexToHash("0xa78e3cf1a0ced1d58fb91992e2edd709e70ba93cd4aeca3aa8d373d730a34477")
}

// UnpackBadSeatCountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSeatCount(uint256 seats)
func (draws *Draws) UnpackBadSeatCountError(raw []byte) (*DrawsBadSeatCount, error) {
	out := new(DrawsBadSeatCount)
	if err := draws.abi.UnpackIntoInterface(out, "BadSeatCount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DrawsBadSeating represents a BadSeating error raised by the Draws contract.
type DrawsBadSeating struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSeating()
func DrawsBadSeatingErrorID() common.Hash {
	return common.HexToHash("0xe4e2bc963cedf5f358fe04db295baae172c048ad5c8fffaeb7b5819d9b818d18")
}

// UnpackBadSeatingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSeating()
func (draws *Draws) UnpackBadSeatingError(raw []byte) (*DrawsBadSeating, error) {
	out := new(DrawsBadSeating)
	if err := draws.abi.UnpackIntoInterface(out, "BadSeating", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DrawsBeaconLost represents a BeaconLost error raised by the Draws contract.
type DrawsBeaconLost struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BeaconLost()
func DrawsBeaconLostErrorID() common.Hash {
	return common.HexToHash("0x72f524ba2113649f1f0ca13ea90338a87b51a6cc3de482d42800b0aa221d7ae5")
}

// UnpackBeaconLostError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BeaconLost()
func (draws *Draws) UnpackBeaconLostError(raw []byte) (*DrawsBeaconLost, error) {
	out := new(DrawsBeaconLost)
	if err := draws.abi.UnpackIntoInterface(out, "BeaconLost", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DrawsBeaconTooEarly represents a BeaconTooEarly error raised by the Draws contract.
type DrawsBeaconTooEarly struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BeaconTooEarly()
func DrawsBeaconTooEarlyErrorID() common.Hash {
	return common.HexToHash("0xa3d09665886313115859f02c4483c6ef23b68178e52d99c82637a6e320be2b42")
}

// UnpackBeaconTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BeaconTooEarly()
func (draws *Draws) UnpackBeaconTooEarlyError(raw []byte) (*DrawsBeaconTooEarly, error) {
	out := new(DrawsBeaconTooEarly)
	if err := draws.abi.UnpackIntoInterface(out, "BeaconTooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DrawsNotAnchored represents a NotAnchored error raised by the Draws contract.
type DrawsNotAnchored struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAnchored()
func DrawsNotAnchoredErrorID() common.Hash {
	return common.HexToHash("0x0c4ba7e5f2ef9bf02834f68c159b26e1ad123a1b8ac0e7a0f1c65dc20ecf2f92")
}

// UnpackNotAnchoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAnchored()
func (draws *Draws) UnpackNotAnchoredError(raw []byte) (*DrawsNotAnchored, error) {
	out := new(DrawsNotAnchored)
	if err := draws.abi.UnpackIntoInterface(out, "NotAnchored", raw); err != nil {
		return nil, err
	}
	return out, nil
}
