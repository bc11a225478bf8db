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

// RewardsClaim is an auto generated low-level Go binding around an user-defined struct.
type RewardsClaim struct {
	Amount   uint64
	Through  uint64
	Until    *big.Int
	Made     uint32
	Fall     *big.Int
	Document [32]byte
}

// RewardsEntry is an auto generated low-level Go binding around an user-defined struct.
type RewardsEntry struct {
	Account common.Address
	Number  uint32
	Since   uint64
	Claim   RewardsClaim
}

// RewardsMetaData contains all meta data concerning the Rewards contract.
var RewardsMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractMarketplace\",\"name\":\"marketplace_\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"delay_\",\"type\":\"uint48\"},{\"internalType\":\"uint64\",\"name\":\"most_\",\"type\":\"uint64\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"most\",\"type\":\"uint64\"}],\"name\":\"BadAmount\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadConfig\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"before\",\"type\":\"uint64\"}],\"name\":\"BadThrough\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ConvictionOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoClaim\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"claimed\",\"type\":\"uint64\"}],\"name\":\"NotBacked\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotSigned\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"until\",\"type\":\"uint48\"}],\"name\":\"NotYet\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OnlyToken\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"next\",\"type\":\"uint32\"}],\"name\":\"OtherNumber\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"free\",\"type\":\"uint256\"}],\"name\":\"PoolTooSmall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token\",\"type\":\"address\"}],\"name\":\"SafeERC20FailedOperation\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"stake\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"wanted\",\"type\":\"uint64\"}],\"name\":\"TooLittleStake\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TooLong\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TooManyOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WasConvicted\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"through\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"document\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"where\",\"type\":\"string\"},{\"indexed\":false,\"internalType\":\"uint48\",\"name\":\"until\",\"type\":\"uint48\"}],\"name\":\"Claimed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Dropped\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"payout\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"}],\"name\":\"Paid\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"MAX_OPEN\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"MAX_WHERE\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"accounts\",\"outputs\":[{\"internalType\":\"uint32\",\"name\":\"next\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"through\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"claimed\",\"type\":\"uint64\"},{\"internalType\":\"uint8\",\"name\":\"open\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"through\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"document\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"rvs\",\"type\":\"bytes\"},{\"internalType\":\"string\",\"name\":\"where\",\"type\":\"string\"}],\"name\":\"claim\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"}],\"name\":\"claimOf\",\"outputs\":[{\"components\":[{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"through\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"until\",\"type\":\"uint48\"},{\"internalType\":\"uint32\",\"name\":\"made\",\"type\":\"uint32\"},{\"internalType\":\"uint24\",\"name\":\"fall\",\"type\":\"uint24\"},{\"internalType\":\"bytes32\",\"name\":\"document\",\"type\":\"bytes32\"}],\"internalType\":\"structRewards.Claim\",\"name\":\"\",\"type\":\"tuple\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"claimed\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"delay\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"}],\"name\":\"end\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"first\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"atMost\",\"type\":\"uint256\"}],\"name\":\"list\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"count\",\"type\":\"uint256\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint32\",\"name\":\"number\",\"type\":\"uint32\"},{\"internalType\":\"uint64\",\"name\":\"since\",\"type\":\"uint64\"},{\"components\":[{\"internalType\":\"uint64\",\"name\":\"amount\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"through\",\"type\":\"uint64\"},{\"internalType\":\"uint48\",\"name\":\"until\",\"type\":\"uint48\"},{\"internalType\":\"uint32\",\"name\":\"made\",\"type\":\"uint32\"},{\"internalType\":\"uint24\",\"name\":\"fall\",\"type\":\"uint24\"},{\"internalType\":\"bytes32\",\"name\":\"document\",\"type\":\"bytes32\"}],\"internalType\":\"structRewards.Claim\",\"name\":\"claim\",\"type\":\"tuple\"}],\"internalType\":\"structRewards.Entry[]\",\"name\":\"out\",\"type\":\"tuple[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"marketplace\",\"outputs\":[{\"internalType\":\"contractMarketplace\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"most\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"name\":\"onTransferReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"state\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"holds\",\"type\":\"uint256\"},{\"internalType\":\"uint64\",\"name\":\"open\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC20\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Rewards",
	Bin: "0x6101408060405234610222576060816121aa803803809161002082856103a6565b8339810103126102225780516001600160a01b0381169081810361022257604061004c602085016103dd565b930151906001600160401b0382168083036102225760405163eaff29bb60e01b8152602081600481885afa90811561022e575f91610363575b506001600160a01b031660c081905260405163461645bf60e01b815290602090829060049082905afa90811561022e575f91610329575b5060011b906601fffffffffffe65fffffffffffe8316921682036103155765ffffffffffff861691821091821561029c575b508115610293575b5061028457604051637e062a3560e11b815291602083600481875afa92831561022e575f93610239575b509060049460209493926101005260e05260a05260805260405192838092633eaf5d9f60e01b82525afa90811561022e575f916101f0575b5061012052604051611db990816103f1823960805181818160d50152818161047601528181610d0e01528181610e4901526117e1015260a05181818161025501528181610dd6015281816117740152611b8a015260c0518181816106380152611613015260e0518181816105e20152610fa0015261010051818181610c2101528181610c55015261105401526101205181611d8f0152f35b90506020813d602011610226575b8161020b602093836103a6565b810103126102225761021c906103dd565b5f610158565b5f80fd5b3d91506101fe565b6040513d5f823e3d90fd5b90919392506020813d60201161027c575b81610257602093836103a6565b810103126102225751926001600160a01b038416840361022257919291906004610120565b3d915061024a565b6301f30c8760e21b5f5260045ffd5b9050155f6100f6565b604051636dbee9ad60e11b815291925090602081600481895afa801561022e575f906102d6575b65ffffffffffff9150161115905f6100ee565b506020813d60201161030d575b816102f0602093836103a6565b810103126102225761030865ffffffffffff916103dd565b6102c3565b3d91506102e3565b634e487b7160e01b5f52601160045260245ffd5b90506020813d60201161035b575b81610344602093836103a6565b8101031261022257610355906103dd565b5f6100bc565b3d9150610337565b90506020813d60201161039e575b8161037e602093836103a6565b8101031261022257516001600160a01b0381168103610222576020610085565b3d9150610371565b601f909101601f19168101906001600160401b038211908210176103c957604052565b634e487b7160e01b5f52604160045260245ffd5b519065ffffffffffff821682036102225756fe6080806040526004361015610012575f80fd5b5f3560e01c9081632ba707741461131f5750806338a0b4591461130357806350fd73671461107857806358d7889c146110345780635e5c06e214610fc45780636a42b8f814610f82578063790fac0414610ec157806388a7ca5c14610dfa578063abc8c7af14610db7578063bd29e20014610d8b578063c19d93fb14610cdb578063d82013ce14610123578063e834a834146100fd5763fc0c546a146100b6575f80fd5b346100f9575f3660031901126100f95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b346100f9575f3660031901126100f957602067ffffffffffffffff5f5416604051908152f35b346100f95760c03660031901126100f95760043563ffffffff81168091036100f95760243567ffffffffffffffff81168091036100f95760443567ffffffffffffffff8116908181036100f9576064359060843567ffffffffffffffff81116100f957610194903690600401611377565b9260a43567ffffffffffffffff81116100f9576101b5903690600401611377565b919092335f52600160205260405f2095604051966101d2886113b2565b5463ffffffff8116808952602089019067ffffffffffffffff8360201c16825260ff606060408c019b67ffffffffffffffff86831c168d52019360a01c168352808d03610cb057505167ffffffffffffffff16808b11801590610ca7575b610c7c575088158015610c49575b610bf3576101008511610bcb576001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016976040517ff429540c0000000000000000000000000000000000000000000000000000000081525f60048201528c602482015233604482015285606482015260a06084820152602081806102cd60a48201888a611a41565b03818d5afa908115610904575f91610b91575b5015610b69576040517f998957f20000000000000000000000000000000000000000000000000000000081525f60048201528c60248201523360448201526020816064818d5afa908115610904575f91610b2f575b50610b07576004602061034733611aa8565b9a604051928380927f890357300000000000000000000000000000000000000000000000000000000082525afa908115610904575f91610ac4575b5060e06001600160a01b03916004604051809481937f971217b7000000000000000000000000000000000000000000000000000000008352165afa908115610904575f91610a03575b5060208a019067ffffffffffffffff82511667ffffffffffffffff608083015116908181106109d5575050601060ff85511610156109ad576104188c67ffffffffffffffff855116611471565b9061271082029180830461271014901517156108ba5761044d9061ffff604067ffffffffffffffff8651169201511690611a85565b1061096e57506040516370a0823160e01b81523060048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015610904575f9061093a575b6104bc915067ffffffffffffffff5f5416906113a5565b808b1161090f575060018c019063ffffffff82116108ba5760ff6104ed8a67ffffffffffffffff6001945116611534565b935116019160ff83116108ba576105d0926105b667ffffffffffffffff60ff938f63ffffffff60405197610520896113b2565b16875260208701908152826040880192168252856060880195168552335f52600160205263ffffffff60405f209751166bffffffffffffffff000000008854925160201b16916bffffffffffffffffffffffff1916171786555116849073ffffffffffffffff0000000000000000000000001973ffffffffffffffff00000000000000000000000083549260601b169116179055565b51825460ff60a01b1916911660a01b60ff60a01b16179055565b6105d8611d82565b65ffffffffffff807f0000000000000000000000000000000000000000000000000000000000000000169116019665ffffffffffff88116108ba5760c001516040516332f750ff60e01b81523360048201529062ffffff166020826024817f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03165afa918215610904575f926108ce575b5061068160019262ffffff926113a5565b160162ffffff81116108ba5760018b8b996040519361069f856113ce565b8c8552602085019d8e5265ffffffffffff6040860192169d8e83527fffffff000000ffffffffffffffffffffffffffffffffffffffffffffffffffff606087019163ffffffff4316835262ffffff608089019416845260a08801958b8752335f52600260205260405f20905f5260205267ffffffffffffffff60405f2098511667ffffffffffffffff1989541617885551937fffffffffffff000000000000000000000000000000000000ffffffffffffffff6fffffffffffffffff00000000000000007cffffff000000000000000000000000000000000000000000000000000079ffffffff0000000000000000000000000000000000000000000075ffffffffffff000000000000000000000000000000008c54955160801b16965160b01b16965160d01b169660401b169116171617171783555191015560035492680100000000000000008410156108a6577f97825ee5bfdde9e0d1ff2ea5f8440c77f2b46b7fde4f215a92f81c335107cc5598610898978c61082887600161088a990160035561147e565b819291549060031b913360201b17821b915f19901b191617905567ffffffffffffffff6108595f5492828416611534565b169067ffffffffffffffff1916175f556040519889526020890152604088015260c0606088015260c0870191611a41565b918483036080860152611a41565b9260a08201528033930390a3005b634e487b7160e01b5f52604160045260245ffd5b634e487b7160e01b5f52601160045260245ffd5b91506020823d6020116108fc575b816108e960209383611407565b810103126100f957905190610681610670565b3d91506108dc565b6040513d5f823e3d90fd5b7f52e6ac2c000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506020813d602011610966575b8161095460209383611407565b810103126100f9576104bc90516104a5565b3d9150610947565b67ffffffffffffffff80915116915116907f87e6dbbc000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b7f59a5f145000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f6df4e1ee000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b905060e0813d60e011610abc575b81610a1e60e09383611407565b810103126100f9576040519060e0820182811067ffffffffffffffff8211176108a657610ab19160c091604052610a5481611578565b8452610a6260208201611a61565b6020850152610a7360408201611a61565b6040850152610a8460608201611a61565b6060850152610a9560808201611a70565b6080850152610aa660a08201611578565b60a085015201611578565b60c08201528d6103cb565b3d9150610a11565b90506020813d602011610aff575b81610adf60209383611407565b810103126100f957516001600160a01b03811681036100f95760e0610382565b3d9150610ad2565b7f21e57f59000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506020813d602011610b61575b81610b4a60209383611407565b810103126100f957610b5b90611a34565b8d610335565b3d9150610b3d565b7fa72952d8000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506020813d602011610bc3575b81610bac60209383611407565b810103126100f957610bbd90611a34565b8d6102e0565b3d9150610b9f565b7f4ee45b56000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1134e75e000000000000000000000000000000000000000000000000000000005f5267ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001660045260245ffd5b5067ffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016891161023e565b7f8b581820000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50438b11610230565b7faa50bc03000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346100f9575f3660031901126100f9576040516370a0823160e01b81523060048201526020816024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015610904575f90610d58575b60409067ffffffffffffffff5f541682519182526020820152f35b506020813d602011610d83575b81610d7260209383611407565b810103126100f95760409051610d3d565b3d9150610d65565b346100f95760403660031901126100f957610db5610da7611338565b610daf611364565b9061158c565b005b346100f9575f3660031901126100f95760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100f95760803660031901126100f957610e13611338565b50610e1c61134e565b5060643567ffffffffffffffff81116100f957610e3d903690600401611377565b50506001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000163303610e995760206040517f88a7ca5c000000000000000000000000000000000000000000000000000000008152f35b7ff43c367c000000000000000000000000000000000000000000000000000000005f5260045ffd5b346100f95760403660031901126100f957610eda611338565b6001600160a01b03610eea611364565b91610ef3611441565b50165f52600260205263ffffffff60405f2091165f5260205260c0610f1a60405f206114aa565b610f80604051809260a0809167ffffffffffffffff815116845267ffffffffffffffff602082015116602085015265ffffffffffff604082015116604085015263ffffffff606082015116606085015262ffffff60808201511660808501520151910152565bf35b346100f9575f3660031901126100f957602060405165ffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100f95760203660031901126100f9576001600160a01b03610fe5611338565b165f526001602052608060405f205460ff6040519163ffffffff8116835267ffffffffffffffff8160201c16602084015267ffffffffffffffff8160601c16604084015260a01c166060820152f35b346100f9575f3660031901126100f957602060405167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100f95760403660031901126100f95760035460043590602435818310156112fc576110a583836113a5565b905b808210156112f45750915b6110bb83611429565b926110c96040519485611407565b8084526110d8601f1991611429565b015f5b8181106112be5750505f5b83518110156111d5576111016110fc8284611471565b61147e565b905463ffffffff60039290921b1c908116919060201c6001600160a01b031682156111c057805f52600260205260405f20925f1981019063ffffffff82116108ba5760019463ffffffff61119f93165f5260205267ffffffffffffffff8060405f205460401c165b845f52600260205260405f20835f5260205260405f20926040519561118d876113b2565b865260208601521660408401526114aa565b60608201526111ae8287611520565b526111b98186611520565b50016110e6565b61119f60019367ffffffffffffffff5f611169565b8383604051918291604083019083526040602084015281518091526020606084019201905f5b818110611209575050500390f35b9193509160206101206001926112b0606088516001600160a01b03815116845263ffffffff86820151168685015267ffffffffffffffff60408201511660408501520151606083019060a0809167ffffffffffffffff815116845267ffffffffffffffff602082015116602085015265ffffffffffff604082015116604085015263ffffffff606082015116606085015262ffffff60808201511660808501520151910152565b0194019101918493926111fb565b6020906040516112cd816113b2565b5f81525f838201525f60408201526112e3611441565b6060820152828288010152016110db565b9050916110b2565b5f906110a7565b346100f9575f3660031901126100f95760206040516101008152f35b346100f9575f3660031901126100f95780601060209252f35b600435906001600160a01b03821682036100f957565b602435906001600160a01b03821682036100f957565b6024359063ffffffff821682036100f957565b9181601f840112156100f95782359167ffffffffffffffff83116100f957602083818601950101116100f957565b919082039182116108ba57565b6080810190811067ffffffffffffffff8211176108a657604052565b60c0810190811067ffffffffffffffff8211176108a657604052565b610180810190811067ffffffffffffffff8211176108a657604052565b90601f8019910116810190811067ffffffffffffffff8211176108a657604052565b67ffffffffffffffff81116108a65760051b60200190565b6040519061144e826113ce565b5f60a0838281528260208201528260408201528260608201528260808201520152565b919082018092116108ba57565b6003548110156114965760035f5260205f2001905f90565b634e487b7160e01b5f52603260045260245ffd5b906040516114b7816113ce565b60a06001829462ffffff815467ffffffffffffffff8116865267ffffffffffffffff8160401c16602087015265ffffffffffff8160801c16604087015263ffffffff8160b01c16606087015260d01c1660808501520154910152565b8051156114965760200190565b80518210156114965760209160051b010190565b9067ffffffffffffffff8091169116019067ffffffffffffffff82116108ba57565b9067ffffffffffffffff8091169116039067ffffffffffffffff82116108ba57565b51906001600160a01b03821682036100f957565b906001600160a01b03821690815f52600260205263ffffffff60405f20911690815f5260205260405f209283549067ffffffffffffffff82169465ffffffffffff8360801c16928615611a0c57855f5260016020526115ee60405f2093611aa8565b93604051916332f750ff60e01b83528760048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315610904575f936119d5575b5062ffffff9060d01c166116608362ffffff60c0890151166113a5565b1094851595611986575b508415611911575b5050805467ffffffffffffffff191690555f5467ffffffffffffffff61169a87838316611556565b169067ffffffffffffffff1916175f5580546116c38667ffffffffffffffff8360601c16611556565b9060ff5f199160a01c16019160ff83116108ba576116f961173393829060ff60a01b1960ff60a01b83549260a01b169116179055565b9073ffffffffffffffff0000000000000000000000001973ffffffffffffffff00000000000000000000000083549260601b169116179055565b6118e357604051917f6da61d1e0000000000000000000000000000000000000000000000000000000083528060048401526020836024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa928315610904575f936118a7575b507f0838c358d929e98621625f10d1088a32beca4546e9074a0d92edc75de772bac560406001600160a01b038151951694858152866020820152a37f000000000000000000000000000000000000000000000000000000000000000091604051917fa9059cbb000000000000000000000000000000000000000000000000000000005f5260045260245260205f60448180865af19060015f5114821615611886575b604052156118515750565b6001600160a01b03907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b90600181151661189e57823b15153d15161690611846565b503d5f823e3d90fd5b9092506020813d6020116118db575b816118c360209383611407565b810103126100f9576118d490611578565b915f6117a4565b3d91506118b6565b9160207f0ab43e22538e981f73315b7e581f3881ab0ff0a5a106775aa6aa922e3d88273791604051908152a3565b8065ffffffffffff611921611d82565b161061195b5750611933575f80611672565b7f4de6e7b7000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f353e207a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9094508115908161199a575b50935f61166a565b6119bc915067ffffffffffffffff610100816020840151169201511690611534565b67ffffffffffffffff80855460601c169116105f611992565b9092506020813d602011611a04575b816119f160209383611407565b810103126100f957519162ffffff611643565b3d91506119e4565b7f9b0e91e1000000000000000000000000000000000000000000000000000000005f5260045ffd5b519081151582036100f957565b908060209392818452848401375f828201840152601f01601f1916010190565b519061ffff821682036100f957565b519067ffffffffffffffff821682036100f957565b818102929181159184041417156108ba57565b519062ffffff821682036100f957565b5f610160604051611ab8816113ea565b8281528260208201528260408201528260608201528260808201528260a08201528260c08201528260e0820152826101008201528261012082015282610140820152015260408051611b0a8282611407565b600181526020810192601f1983013685376001600160a01b03611b2c83611513565b9116905281519283917f69c00810000000000000000000000000000000000000000000000000000000008352602483019060206004850152518091526044830191905f5b818110611d605750505090805f9203816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115611d57575f91611bc9575b50611bc59150611513565b5190565b90503d805f843e611bda8184611407565b8201916020818403126100f95780519067ffffffffffffffff82116100f9570182601f820112156100f9578051611c1081611429565b93611c1d84519586611407565b81855260206101808187019302840101928184116100f957602001915b838310611c50575050505050611bc5905f611bba565b610180838303126100f957845190611c67826113ea565b83518252611c7760208501611a70565b6020830152611c87868501611a70565b86830152606084015164ffffffffff811681036100f9576060830152608084015163ffffffff811681036100f9576080830152611cc660a08501611a98565b60a0830152611cd760c08501611a98565b60c0830152611ce860e08501611a34565b60e0830152611cfa6101008501611a70565b610100830152611d0d6101208501611578565b61012083015261014084015160ff811681036100f9576101408301526101608401519065ffffffffffff821682036100f95782602092610160610180950152815201920191611c3a565b513d5f823e3d90fd5b82516001600160a01b0316845286945060209384019390920191600101611b70565b65ffffffffffff611db5817f00000000000000000000000000000000000000000000000000000000000000001642611a85565b169056",
}

// Rewards is an auto generated Go binding around an Ethereum contract.
type Rewards struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Rewards) GetABI() abi.ABI {
	return c.abi
}

// NewRewards creates a new instance of Rewards.
func NewRewards() *Rewards {
	parsed, err := RewardsMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Rewards{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Rewards) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address marketplace_, uint48 delay_, uint64 most_) returns()
func (rewards *Rewards) PackConstructor(marketplace_ common.Address, delay_ *big.Int, most_ uint64) []byte {
	enc, err := rewards.abi.Pack("", marketplace_, delay_, most_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackMAXOPEN is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ba70774.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_OPEN() view returns(uint256)
func (rewards *Rewards) PackMAXOPEN() []byte {
	enc, err := rewards.abi.Pack("MAX_OPEN")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXOPEN is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ba70774.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_OPEN() view returns(uint256)
func (rewards *Rewards) TryPackMAXOPEN() ([]byte, error) {
	return rewards.abi.Pack("MAX_OPEN")
}

// UnpackMAXOPEN is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2ba70774.
//
// Solidity: function MAX_OPEN() view returns(uint256)
func (rewards *Rewards) UnpackMAXOPEN(data []byte) (*big.Int, error) {
	out, err := rewards.abi.Unpack("MAX_OPEN", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXWHERE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x38a0b459.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_WHERE() view returns(uint256)
func (rewards *Rewards) PackMAXWHERE() []byte {
	enc, err := rewards.abi.Pack("MAX_WHERE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXWHERE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x38a0b459.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_WHERE() view returns(uint256)
func (rewards *Rewards) TryPackMAXWHERE() ([]byte, error) {
	return rewards.abi.Pack("MAX_WHERE")
}

// UnpackMAXWHERE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x38a0b459.
//
// Solidity: function MAX_WHERE() view returns(uint256)
func (rewards *Rewards) UnpackMAXWHERE(data []byte) (*big.Int, error) {
	out, err := rewards.abi.Unpack("MAX_WHERE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAccounts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5e5c06e2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function accounts(address account) view returns(uint32 next, uint64 through, uint64 claimed, uint8 open)
func (rewards *Rewards) PackAccounts(account common.Address) []byte {
	enc, err := rewards.abi.Pack("accounts", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAccounts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5e5c06e2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function accounts(address account) view returns(uint32 next, uint64 through, uint64 claimed, uint8 open)
func (rewards *Rewards) TryPackAccounts(account common.Address) ([]byte, error) {
	return rewards.abi.Pack("accounts", account)
}

// AccountsOutput serves as a container for the return parameters of contract
// method Accounts.
type AccountsOutput struct {
	Next    uint32
	Through uint64
	Claimed uint64
	Open    uint8
}

// UnpackAccounts is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5e5c06e2.
//
// Solidity: function accounts(address account) view returns(uint32 next, uint64 through, uint64 claimed, uint8 open)
func (rewards *Rewards) UnpackAccounts(data []byte) (AccountsOutput, error) {
	out, err := rewards.abi.Unpack("accounts", data)
	outstruct := new(AccountsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Next = *abi.ConvertType(out[0], new(uint32)).(*uint32)
	outstruct.Through = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.Claimed = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	outstruct.Open = *abi.ConvertType(out[3], new(uint8)).(*uint8)
	return *outstruct, nil
}

// PackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd82013ce.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claim(uint32 number, uint64 through, uint64 amount, bytes32 document, bytes rvs, string where) returns()
func (rewards *Rewards) PackClaim(number uint32, through uint64, amount uint64, document [32]byte, rvs []byte, where string) []byte {
	enc, err := rewards.abi.Pack("claim", number, through, amount, document, rvs, where)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaim is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd82013ce.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claim(uint32 number, uint64 through, uint64 amount, bytes32 document, bytes rvs, string where) returns()
func (rewards *Rewards) TryPackClaim(number uint32, through uint64, amount uint64, document [32]byte, rvs []byte, where string) ([]byte, error) {
	return rewards.abi.Pack("claim", number, through, amount, document, rvs, where)
}

// PackClaimOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x790fac04.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimOf(address account, uint32 number) view returns((uint64,uint64,uint48,uint32,uint24,bytes32))
func (rewards *Rewards) PackClaimOf(account common.Address, number uint32) []byte {
	enc, err := rewards.abi.Pack("claimOf", account, number)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x790fac04.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimOf(address account, uint32 number) view returns((uint64,uint64,uint48,uint32,uint24,bytes32))
func (rewards *Rewards) TryPackClaimOf(account common.Address, number uint32) ([]byte, error) {
	return rewards.abi.Pack("claimOf", account, number)
}

// UnpackClaimOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x790fac04.
//
// Solidity: function claimOf(address account, uint32 number) view returns((uint64,uint64,uint48,uint32,uint24,bytes32))
func (rewards *Rewards) UnpackClaimOf(data []byte) (RewardsClaim, error) {
	out, err := rewards.abi.Unpack("claimOf", data)
	if err != nil {
		return *new(RewardsClaim), err
	}
	out0 := *abi.ConvertType(out[0], new(RewardsClaim)).(*RewardsClaim)
	return out0, nil
}

// PackClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe834a834.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimed() view returns(uint64)
func (rewards *Rewards) PackClaimed() []byte {
	enc, err := rewards.abi.Pack("claimed")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe834a834.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimed() view returns(uint64)
func (rewards *Rewards) TryPackClaimed() ([]byte, error) {
	return rewards.abi.Pack("claimed")
}

// UnpackClaimed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe834a834.
//
// Solidity: function claimed() view returns(uint64)
func (rewards *Rewards) UnpackClaimed(data []byte) (uint64, error) {
	out, err := rewards.abi.Unpack("claimed", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delay() view returns(uint48)
func (rewards *Rewards) PackDelay() []byte {
	enc, err := rewards.abi.Pack("delay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delay() view returns(uint48)
func (rewards *Rewards) TryPackDelay() ([]byte, error) {
	return rewards.abi.Pack("delay")
}

// UnpackDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6a42b8f8.
//
// Solidity: function delay() view returns(uint48)
func (rewards *Rewards) UnpackDelay(data []byte) (*big.Int, error) {
	out, err := rewards.abi.Unpack("delay", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackEnd is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd29e200.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function end(address account, uint32 number) returns()
func (rewards *Rewards) PackEnd(account common.Address, number uint32) []byte {
	enc, err := rewards.abi.Pack("end", account, number)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEnd is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbd29e200.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function end(address account, uint32 number) returns()
func (rewards *Rewards) TryPackEnd(account common.Address, number uint32) ([]byte, error) {
	return rewards.abi.Pack("end", account, number)
}

// PackList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50fd7367.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function list(uint256 first, uint256 atMost) view returns(uint256 count, (address,uint32,uint64,(uint64,uint64,uint48,uint32,uint24,bytes32))[] out)
func (rewards *Rewards) PackList(first *big.Int, atMost *big.Int) []byte {
	enc, err := rewards.abi.Pack("list", first, atMost)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50fd7367.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function list(uint256 first, uint256 atMost) view returns(uint256 count, (address,uint32,uint64,(uint64,uint64,uint48,uint32,uint24,bytes32))[] out)
func (rewards *Rewards) TryPackList(first *big.Int, atMost *big.Int) ([]byte, error) {
	return rewards.abi.Pack("list", first, atMost)
}

// ListOutput serves as a container for the return parameters of contract
// method List.
type ListOutput struct {
	Count *big.Int
	Out   []RewardsEntry
}

// UnpackList is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x50fd7367.
//
// Solidity: function list(uint256 first, uint256 atMost) view returns(uint256 count, (address,uint32,uint64,(uint64,uint64,uint48,uint32,uint24,bytes32))[] out)
func (rewards *Rewards) UnpackList(data []byte) (ListOutput, error) {
	out, err := rewards.abi.Unpack("list", data)
	outstruct := new(ListOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Count = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Out = *abi.ConvertType(out[1], new([]RewardsEntry)).(*[]RewardsEntry)
	return *outstruct, nil
}

// PackMarketplace is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xabc8c7af.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function marketplace() view returns(address)
func (rewards *Rewards) PackMarketplace() []byte {
	enc, err := rewards.abi.Pack("marketplace")
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
func (rewards *Rewards) TryPackMarketplace() ([]byte, error) {
	return rewards.abi.Pack("marketplace")
}

// UnpackMarketplace is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xabc8c7af.
//
// Solidity: function marketplace() view returns(address)
func (rewards *Rewards) UnpackMarketplace(data []byte) (common.Address, error) {
	out, err := rewards.abi.Unpack("marketplace", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackMost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x58d7889c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function most() view returns(uint64)
func (rewards *Rewards) PackMost() []byte {
	enc, err := rewards.abi.Pack("most")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMost is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x58d7889c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function most() view returns(uint64)
func (rewards *Rewards) TryPackMost() ([]byte, error) {
	return rewards.abi.Pack("most")
}

// UnpackMost is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x58d7889c.
//
// Solidity: function most() view returns(uint64)
func (rewards *Rewards) UnpackMost(data []byte) (uint64, error) {
	out, err := rewards.abi.Unpack("most", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onTransferReceived(address , address , uint256 , bytes ) view returns(bytes4)
func (rewards *Rewards) PackOnTransferReceived(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) []byte {
	enc, err := rewards.abi.Pack("onTransferReceived", arg0, arg1, arg2, arg3)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnTransferReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x88a7ca5c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onTransferReceived(address , address , uint256 , bytes ) view returns(bytes4)
func (rewards *Rewards) TryPackOnTransferReceived(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) ([]byte, error) {
	return rewards.abi.Pack("onTransferReceived", arg0, arg1, arg2, arg3)
}

// UnpackOnTransferReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x88a7ca5c.
//
// Solidity: function onTransferReceived(address , address , uint256 , bytes ) view returns(bytes4)
func (rewards *Rewards) UnpackOnTransferReceived(data []byte) ([4]byte, error) {
	out, err := rewards.abi.Unpack("onTransferReceived", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc19d93fb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function state() view returns(uint256 holds, uint64 open)
func (rewards *Rewards) PackState() []byte {
	enc, err := rewards.abi.Pack("state")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc19d93fb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function state() view returns(uint256 holds, uint64 open)
func (rewards *Rewards) TryPackState() ([]byte, error) {
	return rewards.abi.Pack("state")
}

// StateOutput serves as a container for the return parameters of contract
// method State.
type StateOutput struct {
	Holds *big.Int
	Open  uint64
}

// UnpackState is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc19d93fb.
//
// Solidity: function state() view returns(uint256 holds, uint64 open)
func (rewards *Rewards) UnpackState(data []byte) (StateOutput, error) {
	out, err := rewards.abi.Unpack("state", data)
	outstruct := new(StateOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Holds = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Open = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (rewards *Rewards) PackToken() []byte {
	enc, err := rewards.abi.Pack("token")
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
func (rewards *Rewards) TryPackToken() ([]byte, error) {
	return rewards.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (rewards *Rewards) UnpackToken(data []byte) (common.Address, error) {
	out, err := rewards.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// RewardsClaimed represents a Claimed event raised by the Rewards contract.
type RewardsClaimed struct {
	Account  common.Address
	Number   uint32
	Through  uint64
	Amount   uint64
	Document [32]byte
	Rvs      []byte
	Where    string
	Until    *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const RewardsClaimedEventName = "Claimed"

// ContractEventName returns the user-defined event name.
func (RewardsClaimed) ContractEventName() string {
	return RewardsClaimedEventName
}

// UnpackClaimedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Claimed(address indexed account, uint32 indexed number, uint64 through, uint64 amount, bytes32 document, bytes rvs, string where, uint48 until)
func (rewards *Rewards) UnpackClaimedEvent(log *types.Log) (*RewardsClaimed, error) {
	event := "Claimed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != rewards.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RewardsClaimed)
	if len(log.Data) > 0 {
		if err := rewards.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range rewards.abi.Events[event].Inputs {
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

// RewardsDropped represents a Dropped event raised by the Rewards contract.
type RewardsDropped struct {
	Account common.Address
	Number  uint32
	Amount  uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const RewardsDroppedEventName = "Dropped"

// ContractEventName returns the user-defined event name.
func (RewardsDropped) ContractEventName() string {
	return RewardsDroppedEventName
}

// UnpackDroppedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Dropped(address indexed account, uint32 indexed number, uint64 amount)
func (rewards *Rewards) UnpackDroppedEvent(log *types.Log) (*RewardsDropped, error) {
	event := "Dropped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != rewards.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RewardsDropped)
	if len(log.Data) > 0 {
		if err := rewards.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range rewards.abi.Events[event].Inputs {
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

// RewardsPaid represents a Paid event raised by the Rewards contract.
type RewardsPaid struct {
	Account common.Address
	Number  uint32
	Payout  common.Address
	Amount  uint64
	Raw     *types.Log // Blockchain specific contextual infos
}

const RewardsPaidEventName = "Paid"

// ContractEventName returns the user-defined event name.
func (RewardsPaid) ContractEventName() string {
	return RewardsPaidEventName
}

// UnpackPaidEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Paid(address indexed account, uint32 indexed number, address payout, uint64 amount)
func (rewards *Rewards) UnpackPaidEvent(log *types.Log) (*RewardsPaid, error) {
	event := "Paid"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != rewards.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RewardsPaid)
	if len(log.Data) > 0 {
		if err := rewards.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range rewards.abi.Events[event].Inputs {
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
func (rewards *Rewards) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], rewards.abi.Errors["BadAmount"].ID.Bytes()[:4]) {
		return rewards.UnpackBadAmountError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["BadConfig"].ID.Bytes()[:4]) {
		return rewards.UnpackBadConfigError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["BadThrough"].ID.Bytes()[:4]) {
		return rewards.UnpackBadThroughError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["ConvictionOpen"].ID.Bytes()[:4]) {
		return rewards.UnpackConvictionOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["NoClaim"].ID.Bytes()[:4]) {
		return rewards.UnpackNoClaimError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["NotBacked"].ID.Bytes()[:4]) {
		return rewards.UnpackNotBackedError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["NotSigned"].ID.Bytes()[:4]) {
		return rewards.UnpackNotSignedError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["NotYet"].ID.Bytes()[:4]) {
		return rewards.UnpackNotYetError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["OnlyToken"].ID.Bytes()[:4]) {
		return rewards.UnpackOnlyTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["OtherNumber"].ID.Bytes()[:4]) {
		return rewards.UnpackOtherNumberError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["PoolTooSmall"].ID.Bytes()[:4]) {
		return rewards.UnpackPoolTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return rewards.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["TooLittleStake"].ID.Bytes()[:4]) {
		return rewards.UnpackTooLittleStakeError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["TooLong"].ID.Bytes()[:4]) {
		return rewards.UnpackTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["TooManyOpen"].ID.Bytes()[:4]) {
		return rewards.UnpackTooManyOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], rewards.abi.Errors["WasConvicted"].ID.Bytes()[:4]) {
		return rewards.UnpackWasConvictedError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// RewardsBadAmount represents a BadAmount error raised by the Rewards contract.
type RewardsBadAmount struct {
	Most uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadAmount(uint64 most)
func RewardsBadAmountErrorID() common.Hash {
	return common.HexToHash("0x1134e75ec0e236ce1dc2544c013e555697dffb6bbbf5cfb516947bf425eff144")
}

// UnpackBadAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadAmount(uint64 most)
func (rewards *Rewards) UnpackBadAmountError(raw []byte) (*RewardsBadAmount, error) {
	out := new(RewardsBadAmount)
	if err := rewards.abi.UnpackIntoInterface(out, "BadAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsBadConfig represents a BadConfig error raised by the Rewards contract.
type RewardsBadConfig struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadConfig()
func RewardsBadConfigErrorID() common.Hash {
	return common.HexToHash("0x07cc321ce71a3eebb30014b3b8f136f5e867b17e2b76292bf086143aa7c7b50c")
}

// UnpackBadConfigError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadConfig()
func (rewards *Rewards) UnpackBadConfigError(raw []byte) (*RewardsBadConfig, error) {
	out := new(RewardsBadConfig)
	if err := rewards.abi.UnpackIntoInterface(out, "BadConfig", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsBadThrough represents a BadThrough error raised by the Rewards contract.
type RewardsBadThrough struct {
	Before uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadThrough(uint64 before)
func RewardsBadThroughErrorID() common.Hash {
	return common.HexToHash("0x8b58182007312c8343202ebd90ad8210cb005ba1e2b2a157a0ad61d4a2fe78ee")
}

// UnpackBadThroughError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadThrough(uint64 before)
func (rewards *Rewards) UnpackBadThroughError(raw []byte) (*RewardsBadThrough, error) {
	out := new(RewardsBadThrough)
	if err := rewards.abi.UnpackIntoInterface(out, "BadThrough", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsConvictionOpen represents a ConvictionOpen error raised by the Rewards contract.
type RewardsConvictionOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ConvictionOpen()
func RewardsConvictionOpenErrorID() common.Hash {
	return common.HexToHash("0x4de6e7b7aa7f979bd08e6a2a0646a79e824f6f6414e0c7c9af36c85c9f4c2453")
}

// UnpackConvictionOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ConvictionOpen()
func (rewards *Rewards) UnpackConvictionOpenError(raw []byte) (*RewardsConvictionOpen, error) {
	out := new(RewardsConvictionOpen)
	if err := rewards.abi.UnpackIntoInterface(out, "ConvictionOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsNoClaim represents a NoClaim error raised by the Rewards contract.
type RewardsNoClaim struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoClaim()
func RewardsNoClaimErrorID() common.Hash {
	return common.HexToHash("0x9b0e91e1c2f08a0dc778e0f298e3c92a1b6bf9701267d7d61213014323b1c8ed")
}

// UnpackNoClaimError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoClaim()
func (rewards *Rewards) UnpackNoClaimError(raw []byte) (*RewardsNoClaim, error) {
	out := new(RewardsNoClaim)
	if err := rewards.abi.UnpackIntoInterface(out, "NoClaim", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsNotBacked represents a NotBacked error raised by the Rewards contract.
type RewardsNotBacked struct {
	Stake   uint64
	Claimed uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotBacked(uint64 stake, uint64 claimed)
func RewardsNotBackedErrorID() common.Hash {
	return common.HexToHash("0x87e6dbbc3189f4c9741fc6f3b3ef8d4944d185c219c7464657b6ab180238fe2e")
}

// UnpackNotBackedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotBacked(uint64 stake, uint64 claimed)
func (rewards *Rewards) UnpackNotBackedError(raw []byte) (*RewardsNotBacked, error) {
	out := new(RewardsNotBacked)
	if err := rewards.abi.UnpackIntoInterface(out, "NotBacked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsNotSigned represents a NotSigned error raised by the Rewards contract.
type RewardsNotSigned struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSigned()
func RewardsNotSignedErrorID() common.Hash {
	return common.HexToHash("0xa72952d821028cdc37916a73166e46498679609f521552ce330560db8d256db9")
}

// UnpackNotSignedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSigned()
func (rewards *Rewards) UnpackNotSignedError(raw []byte) (*RewardsNotSigned, error) {
	out := new(RewardsNotSigned)
	if err := rewards.abi.UnpackIntoInterface(out, "NotSigned", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsNotYet represents a NotYet error raised by the Rewards contract.
type RewardsNotYet struct {
	Until *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotYet(uint48 until)
func RewardsNotYetErrorID() common.Hash {
	return common.HexToHash("0x353e207a5430121f52fb397bf36ea93bff477ee48e041b23670f215e94c41c38")
}

// UnpackNotYetError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotYet(uint48 until)
func (rewards *Rewards) UnpackNotYetError(raw []byte) (*RewardsNotYet, error) {
	out := new(RewardsNotYet)
	if err := rewards.abi.UnpackIntoInterface(out, "NotYet", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsOnlyToken represents a OnlyToken error raised by the Rewards contract.
type RewardsOnlyToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OnlyToken()
func RewardsOnlyTokenErrorID() common.Hash {
	return common.HexToHash("0xf43c367c7cba1a03f1b783f3868db34ff82d40bb83f3f353b60cce5d6481fafb")
}

// UnpackOnlyTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OnlyToken()
func (rewards *Rewards) UnpackOnlyTokenError(raw []byte) (*RewardsOnlyToken, error) {
	out := new(RewardsOnlyToken)
	if err := rewards.abi.UnpackIntoInterface(out, "OnlyToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsOtherNumber represents a OtherNumber error raised by the Rewards contract.
type RewardsOtherNumber struct {
	Next uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OtherNumber(uint32 next)
func RewardsOtherNumberErrorID() common.Hash {
	return common.HexToHash("0xaa50bc0311028f4eca5c97690effb50192570c1869f9738ddfd2dc0165cbc41b")
}

// UnpackOtherNumberError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OtherNumber(uint32 next)
func (rewards *Rewards) UnpackOtherNumberError(raw []byte) (*RewardsOtherNumber, error) {
	out := new(RewardsOtherNumber)
	if err := rewards.abi.UnpackIntoInterface(out, "OtherNumber", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsPoolTooSmall represents a PoolTooSmall error raised by the Rewards contract.
type RewardsPoolTooSmall struct {
	Free *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PoolTooSmall(uint256 free)
func RewardsPoolTooSmallErrorID() common.Hash {
	return common.HexToHash("0x52e6ac2c7849d330c001b7af7b18a6fb032c53484ed671ec311f4ed545e53ed4")
}

// UnpackPoolTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PoolTooSmall(uint256 free)
func (rewards *Rewards) UnpackPoolTooSmallError(raw []byte) (*RewardsPoolTooSmall, error) {
	out := new(RewardsPoolTooSmall)
	if err := rewards.abi.UnpackIntoInterface(out, "PoolTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Rewards contract.
type RewardsSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func RewardsSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (rewards *Rewards) UnpackSafeERC20FailedOperationError(raw []byte) (*RewardsSafeERC20FailedOperation, error) {
	out := new(RewardsSafeERC20FailedOperation)
	if err := rewards.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsTooLittleStake represents a TooLittleStake error raised by the Rewards contract.
type RewardsTooLittleStake struct {
	Stake  uint64
	Wanted uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLittleStake(uint64 stake, uint64 wanted)
func RewardsTooLittleStakeErrorID() common.Hash {
	return common.HexToHash("0x6df4e1ee6852e139bf7c77f4a44cf9700a0193205c74ee4bcb1374f1b5fccf1e")
}

// UnpackTooLittleStakeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLittleStake(uint64 stake, uint64 wanted)
func (rewards *Rewards) UnpackTooLittleStakeError(raw []byte) (*RewardsTooLittleStake, error) {
	out := new(RewardsTooLittleStake)
	if err := rewards.abi.UnpackIntoInterface(out, "TooLittleStake", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsTooLong represents a TooLong error raised by the Rewards contract.
type RewardsTooLong struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLong()
func RewardsTooLongErrorID() common.Hash {
	return common.HexToHash("0x4ee45b56759704bb423d48fd084e94982a4a254d5257ad9616f266314bd1f12f")
}

// UnpackTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLong()
func (rewards *Rewards) UnpackTooLongError(raw []byte) (*RewardsTooLong, error) {
	out := new(RewardsTooLong)
	if err := rewards.abi.UnpackIntoInterface(out, "TooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsTooManyOpen represents a TooManyOpen error raised by the Rewards contract.
type RewardsTooManyOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooManyOpen()
func RewardsTooManyOpenErrorID() common.Hash {
	return common.HexToHash("0x59a5f1453bab16871bff0333211378aaedfc4015dba60ee0413ce739295c16b1")
}

// UnpackTooManyOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooManyOpen()
func (rewards *Rewards) UnpackTooManyOpenError(raw []byte) (*RewardsTooManyOpen, error) {
	out := new(RewardsTooManyOpen)
	if err := rewards.abi.UnpackIntoInterface(out, "TooManyOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RewardsWasConvicted represents a WasConvicted error raised by the Rewards contract.
type RewardsWasConvicted struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WasConvicted()
func RewardsWasConvictedErrorID() common.Hash {
	return common.HexToHash("0x21e57f5949143aef029af19a616a6e830f2d8b5a94c4c209bb63bfaa94505f00")
}

// UnpackWasConvictedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WasConvicted()
func (rewards *Rewards) UnpackWasConvictedError(raw []byte) (*RewardsWasConvicted, error) {
	out := new(RewardsWasConvicted)
	if err := rewards.abi.UnpackIntoInterface(out, "WasConvicted", raw); err != nil {
		return nil, err
	}
	return out, nil
}
