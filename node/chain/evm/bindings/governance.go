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

// GovernanceMetaData contains all meta data concerning the Governance contract.
var GovernanceMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIVotes\",\"name\":\"token\",\"type\":\"address\"},{\"internalType\":\"contractTimelockController\",\"name\":\"timelock\",\"type\":\"address\"},{\"internalType\":\"uint48\",\"name\":\"delay\",\"type\":\"uint48\"},{\"internalType\":\"uint32\",\"name\":\"period\",\"type\":\"uint32\"},{\"internalType\":\"uint256\",\"name\":\"threshold\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"CheckpointUnorderedInsertion\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"FailedCall\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"}],\"name\":\"GovernorAlreadyCastVote\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"GovernorAlreadyQueuedProposal\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"GovernorDisabledDeposit\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"proposer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"votes\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"threshold\",\"type\":\"uint256\"}],\"name\":\"GovernorInsufficientProposerVotes\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"targets\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"calldatas\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"values\",\"type\":\"uint256\"}],\"name\":\"GovernorInvalidProposalLength\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"quorumNumerator\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"quorumDenominator\",\"type\":\"uint256\"}],\"name\":\"GovernorInvalidQuorumFraction\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"}],\"name\":\"GovernorInvalidSignature\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"GovernorInvalidVoteParams\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"GovernorInvalidVoteType\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"votingPeriod\",\"type\":\"uint256\"}],\"name\":\"GovernorInvalidVotingPeriod\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"GovernorNonexistentProposal\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"GovernorNotQueuedProposal\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"GovernorOnlyExecutor\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"GovernorQueueNotImplemented\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"proposer\",\"type\":\"address\"}],\"name\":\"GovernorRestrictedProposer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"GovernorUnableToCancel\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"enumIGovernor.ProposalState\",\"name\":\"current\",\"type\":\"uint8\"},{\"internalType\":\"bytes32\",\"name\":\"expectedStates\",\"type\":\"bytes32\"}],\"name\":\"GovernorUnexpectedProposalState\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"currentNonce\",\"type\":\"uint256\"}],\"name\":\"InvalidAccountNonce\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InvalidShortString\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint8\",\"name\":\"bits\",\"type\":\"uint8\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"}],\"name\":\"SafeCastOverflowedUintDowncast\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"string\",\"name\":\"str\",\"type\":\"string\"}],\"name\":\"StringTooLong\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[],\"name\":\"EIP712DomainChanged\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"ProposalCanceled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"proposer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"indexed\":false,\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"indexed\":false,\"internalType\":\"string[]\",\"name\":\"signatures\",\"type\":\"string[]\"},{\"indexed\":false,\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"voteStart\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"voteEnd\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"description\",\"type\":\"string\"}],\"name\":\"ProposalCreated\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"ProposalExecuted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"etaSeconds\",\"type\":\"uint256\"}],\"name\":\"ProposalQueued\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"oldProposalThreshold\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"newProposalThreshold\",\"type\":\"uint256\"}],\"name\":\"ProposalThresholdSet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"oldQuorumNumerator\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"newQuorumNumerator\",\"type\":\"uint256\"}],\"name\":\"QuorumNumeratorUpdated\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"address\",\"name\":\"oldTimelock\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"address\",\"name\":\"newTimelock\",\"type\":\"address\"}],\"name\":\"TimelockChange\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"weight\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"reason\",\"type\":\"string\"}],\"name\":\"VoteCast\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"weight\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"string\",\"name\":\"reason\",\"type\":\"string\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"params\",\"type\":\"bytes\"}],\"name\":\"VoteCastWithParams\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"oldVotingDelay\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"newVotingDelay\",\"type\":\"uint256\"}],\"name\":\"VotingDelaySet\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"oldVotingPeriod\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"newVotingPeriod\",\"type\":\"uint256\"}],\"name\":\"VotingPeriodSet\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"BALLOT_TYPEHASH\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"CLOCK_MODE\",\"outputs\":[{\"internalType\":\"string\",\"name\":\"\",\"type\":\"string\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"COUNTING_MODE\",\"outputs\":[{\"internalType\":\"string\",\"name\":\"\",\"type\":\"string\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"EXTENDED_BALLOT_TYPEHASH\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"bytes32\",\"name\":\"descriptionHash\",\"type\":\"bytes32\"}],\"name\":\"cancel\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"}],\"name\":\"castVote\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"name\":\"castVoteBySig\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"internalType\":\"string\",\"name\":\"reason\",\"type\":\"string\"}],\"name\":\"castVoteWithReason\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"internalType\":\"string\",\"name\":\"reason\",\"type\":\"string\"},{\"internalType\":\"bytes\",\"name\":\"params\",\"type\":\"bytes\"}],\"name\":\"castVoteWithReasonAndParams\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"uint8\",\"name\":\"support\",\"type\":\"uint8\"},{\"internalType\":\"address\",\"name\":\"voter\",\"type\":\"address\"},{\"internalType\":\"string\",\"name\":\"reason\",\"type\":\"string\"},{\"internalType\":\"bytes\",\"name\":\"params\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"signature\",\"type\":\"bytes\"}],\"name\":\"castVoteWithReasonAndParamsBySig\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"clock\",\"outputs\":[{\"internalType\":\"uint48\",\"name\":\"\",\"type\":\"uint48\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"bytes32\",\"name\":\"descriptionHash\",\"type\":\"bytes32\"}],\"name\":\"execute\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"bytes32\",\"name\":\"descriptionHash\",\"type\":\"bytes32\"}],\"name\":\"getProposalId\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"timepoint\",\"type\":\"uint256\"}],\"name\":\"getVotes\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"timepoint\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"params\",\"type\":\"bytes\"}],\"name\":\"getVotesWithParams\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"hasVoted\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"bytes32\",\"name\":\"descriptionHash\",\"type\":\"bytes32\"}],\"name\":\"hashProposal\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"name\",\"outputs\":[{\"internalType\":\"string\",\"name\":\"\",\"type\":\"string\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"name\":\"nonces\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"uint256[]\",\"name\":\"\",\"type\":\"uint256[]\"},{\"internalType\":\"uint256[]\",\"name\":\"\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"name\":\"onERC1155BatchReceived\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"name\":\"onERC1155Received\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"name\":\"onERC721Received\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalDeadline\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalEta\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalNeedsQueuing\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalProposer\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalSnapshot\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"proposalThreshold\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"proposalVotes\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"againstVotes\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"forVotes\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"abstainVotes\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"string\",\"name\":\"description\",\"type\":\"string\"}],\"name\":\"propose\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address[]\",\"name\":\"targets\",\"type\":\"address[]\"},{\"internalType\":\"uint256[]\",\"name\":\"values\",\"type\":\"uint256[]\"},{\"internalType\":\"bytes[]\",\"name\":\"calldatas\",\"type\":\"bytes[]\"},{\"internalType\":\"bytes32\",\"name\":\"descriptionHash\",\"type\":\"bytes32\"}],\"name\":\"queue\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"timepoint\",\"type\":\"uint256\"}],\"name\":\"quorum\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"quorumDenominator\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"timepoint\",\"type\":\"uint256\"}],\"name\":\"quorumNumerator\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"quorumNumerator\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"target\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"}],\"name\":\"relay\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"newProposalThreshold\",\"type\":\"uint256\"}],\"name\":\"setProposalThreshold\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint48\",\"name\":\"newVotingDelay\",\"type\":\"uint48\"}],\"name\":\"setVotingDelay\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint32\",\"name\":\"newVotingPeriod\",\"type\":\"uint32\"}],\"name\":\"setVotingPeriod\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"proposalId\",\"type\":\"uint256\"}],\"name\":\"state\",\"outputs\":[{\"internalType\":\"enumIGovernor.ProposalState\",\"name\":\"\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"interfaceId\",\"type\":\"bytes4\"}],\"name\":\"supportsInterface\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"timelock\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"contractIERC5805\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"newQuorumNumerator\",\"type\":\"uint256\"}],\"name\":\"updateQuorumNumerator\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"contractTimelockController\",\"name\":\"newTimelock\",\"type\":\"address\"}],\"name\":\"updateTimelock\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"version\",\"outputs\":[{\"internalType\":\"string\",\"name\":\"\",\"type\":\"string\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"votingDelay\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"votingPeriod\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"stateMutability\":\"payable\",\"type\":\"receive\"}]",
	ID:  "Governance",
	Bin: "0x610180604052346100aa5761001e61001561011f565b939290926101b5565b604051613fbf9081610a9f823960805181613ad7015260a05181613b8e015260c05181613aa8015260e05181613b2601526101005181613b4c015261012051816115d3015261014051816115ff01526101605181818161187801528181611d6e01528181611eca01528181612063015281816122b8015281816123b2015281816125f60152612a5d0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffd5b601f909101601f19168101906001600160401b038211908210176100e557604052565b6100ae565b604051906100f96040836100c2565b565b6001600160a01b038116036100aa57565b519065ffffffffffff821682036100aa57565b614a5e9060a0823803928360405194859261013a82856100c2565b8339810103126100aa57815191610150836100fb565b60208101519261015f846100fb565b61016b6040830161010c565b9260608301519263ffffffff841684036100aa5760800151919493929190565b6040519061019a6040836100c2565b60078252565b604051906101af6040836100c2565b60018252565b9193610290610295929461028b6100f9976102866101d161018b565b60208101660cee0eadacae6d60cb1b81526101ea6101a0565b906020820190603160f81b825261020084610631565b6101205261020d83610721565b6101405283519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261027760c0826100c2565b5190206080523060c052610345565b61052a565b610577565b6105f8565b6001600160a01b0316610160526102aa61047d565b61042a565b90600182811c921680156102dd575b60208310146102c957565b634e487b7160e01b5f52602260045260245ffd5b91607f16916102be565b919091601f83116102f8575b505050565b81831161030457505050565b5f5260205f206020601f830160051c921061033d575b81601f9101920160051c03905f5b828110156102f3575f82820155600101610328565b5f915061031a565b80519091906001600160401b0381116100e55761036e816103676003546102af565b60036102e7565b602092601f82116001146103ae5761039e929382915f926103a3575b50508160011b915f199060031b1c19161790565b600355565b015190505f8061038a565b60035f52601f198216937fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b915f5b86811061041257508360019596106103fa575b505050811b01600355565b01515f1960f88460031b161c191690555f80806103ef565b919260206001819286850151815501940192016103dc565b600b54604080516001600160a01b03808416825290931660208401819052927f08f74ea46ef7894f65eabfb5e6e695de773a000b47c529ab559178069b2264019190a16001600160a01b03191617600b55565b600a54806104dd57505f5b6001600160d01b0316610499610813565b7f0553476bf02ef2726e8ce5ced78d63e26e602e4a2257b1f559418e24b4633997916004916104c9908390610995565b5050604080519182526020820192909252a1565b805f1981011161051657600a5f527fc65a7bb8d6351c1cf70c95a316cc6a92839c986682d98bc35f958f4883f9d2a7015460301c610488565b634e487b7160e01b5f52601160045260245ffd5b6008547fc565b045403dc03c2eea82b81a0465edad9e2e7fc4d97e11421c209da93d7a93604065ffffffffffff81519481851686521693846020820152a165ffffffffffff191617600855565b63ffffffff81169081156105e55769ffffffff000000000000907f7e3f7f0708a84de9203036abaa450dccc85ad5ff52f78c170f3edb55cf5e882860406008549481519063ffffffff8760301c1682526020820152a160301b169069ffffffff000000000000191617600855565b63f1cfbf0560e01b5f525f60045260245ffd5b60075460408051918252602082018390527fccb45da8d5717e6c4544694297c4ba5cf151d455c9bb0ed4fc7a38411bc0546191a1600755565b908151602081105f1461064c575090610649906108b5565b90565b6001600160401b0381116100e55761066e816106685f546102af565b5f6102e7565b602092601f82116001146106a45761069d929382915f926103a35750508160011b915f199060031b1c19161790565b5f5560ff90565b5f8052601f198216937f290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563915f5b86811061070957508360019596106106f1575b505050811b015f5560ff90565b01515f1960f88460031b161c191690555f80806106e4565b919260206001819286850151815501940192016106d1565b908151602081105f14610739575090610649906108b5565b6001600160401b0381116100e55761075d816107566001546102af565b60016102e7565b602092601f82116001146107945761078c929382915f926103a35750508160011b915f199060031b1c19161790565b60015560ff90565b60015f52601f198216937fb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6915f5b8681106107fb57508360019596106107e3575b505050811b0160015560ff90565b01515f1960f88460031b161c191690555f80806107d5565b919260206001819286850151815501940192016107c2565b610160516040516324776b7d60e21b815290602090829060049082906001600160a01b03165afa5f9181610879575b50610649575065ffffffffffff43116108615765ffffffffffff431690565b6306dfcc6560e41b5f5260306004524360245260445ffd5b9091506020813d6020116108ad575b81610895602093836100c2565b810103126100aa576108a69061010c565b905f610842565b3d9150610888565b601f8151116108e05760208151910151602082106108d1571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fd5b5f1981019190821161051657565b908154680100000000000000008110156100e55760018101808455811015610981575f9283526020928390208251929093015160301b65ffffffffffff191665ffffffffffff9290921691909117910155565b634e487b7160e01b5f52603260045260245ffd5b600a549192918015610a75576109ad6109d691610920565b600a5f527fc65a7bb8d6351c1cf70c95a316cc6a92839c986682d98bc35f958f4883f9d2a80190565b9081546109f26109eb8265ffffffffffff1690565b9160301c90565b9265ffffffffffff808416921691808311610a6657869203610a3057610a2c92509065ffffffffffff82549181199060301b169116179055565b9190565b5050610a2c90610a4f610a416100ea565b65ffffffffffff9092168252565b6001600160d01b03851660208201525b600a61092e565b632520601d60e01b5f5260045ffd5b50610a9990610a85610a416100ea565b6001600160d01b0384166020820152610a5f565b5f919056fe60806040526004361015610022575b3615610018575f80fd5b61002061265f565b005b5f3560e01c806301ffc9a71461032c57806302a251a31461032757806306f3f9e61461032257806306fdde031461031d578063143489d014610318578063150b7a0214610313578063160cbed71461030e5780632656227d146103095780632d63f693146103045780632fe3e261146102ff5780633932abb1146102fa5780633e4f49e6146102f557806343859632146102f0578063452115d6146102eb5780634bf5d7e9146102e6578063544ffc9c146102e157806354fd4d50146102dc57806356781388146102d75780635b8d0e0d146102d25780635f398a14146102cd57806360c4247f146102c857806379051887146102c35780637b3c71d3146102be5780637d5e81e2146102b95780637ecebe00146102b457806384b0196e146102af5780638ff262e3146102aa57806391ddadf4146102a557806397c3d334146102a05780639a802a6d1461029b578063a7713a7014610296578063a890c91014610291578063a8f8a6681461026e578063a9a952941461028c578063ab58fb8e14610287578063b58131b014610282578063bc197c811461027d578063c01f9e3714610278578063c28bc2fa14610273578063c59057e41461026e578063d33219b414610269578063dd4e2ba514610264578063deaaa7cc1461025f578063e540d01d1461025a578063eb9019d414610255578063ece40cc114610250578063f23a6e611461024b578063f8ce560a146102465763fc0c546a0361000e57611eab565b611e8d565b611e06565b611db1565b611d0d565b611c4e565b611c14565b611bb5565b611b8f565b61198e565b611afc565b611ade565b611a16565b6119f9565b6119c6565b6119aa565b611906565b6118db565b611806565b6117eb565b6117c1565b6116a7565b6115bb565b61154c565b61149a565b611444565b6113d2565b6113a4565b61132d565b611284565b611215565b6111a6565b611165565b611136565b610f5a565b610f04565b610ed5565b610e7f565b610e45565b610e10565b610c7b565b6109cc565b610750565b610653565b610579565b610463565b61043d565b3461042f57602036600319011261042f576004357fffffffff00000000000000000000000000000000000000000000000000000000811680910361042f577fcdbdfcee000000000000000000000000000000000000000000000000000000008114908115610405575b81156103db575b81156103b1575b506040519015158152602090f35b7f01ffc9a7000000000000000000000000000000000000000000000000000000009150145f6103a3565b7f4e2312e0000000000000000000000000000000000000000000000000000000008114915061039c565b7f65455a860000000000000000000000000000000000000000000000000000000081149150610395565b5f80fd5b5f91031261042f57565b3461042f575f36600319011261042f57602063ffffffff60085460301c16604051908152f35b3461042f57602036600319011261042f5760043561047f61267d565b60648111610511576001600160d01b0361049761306b565b16906104a161237c565b916001600160d01b0382116104f9576104e57f0553476bf02ef2726e8ce5ced78d63e26e602e4a2257b1f559418e24b4633997936001600160d01b03841690613961565b5050604080519182526020820192909252a1005b506306dfcc6560e41b5f5260d060045260245260445ffd5b7f243e5445000000000000000000000000000000000000000000000000000000005f52600452606460245260445ffd5b805180835260209291819084018484015e5f828201840152601f01601f1916010190565b906020610576928181520190610541565b90565b3461042f575f36600319011261042f576040515f60035461059981611eee565b808452906001811690811561062f57506001146105d1575b6105cd836105c1818503826106ab565b60405191829182610565565b0390f35b60035f9081527fc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b939250905b808210610615575090915081016020016105c16105b1565b9192600181602092548385880101520191019092916105fd565b60ff191660208086019190915291151560051b840190910191506105c190506105b1565b3461042f57602036600319011261042f576004355f52600460205260206001600160a01b0360405f205416604051908152f35b6001600160a01b0381160361042f57565b634e487b7160e01b5f52604160045260245ffd5b90601f8019910116810190811067ffffffffffffffff8211176106cd57604052565b610697565b604051906106e16040836106ab565b565b67ffffffffffffffff81116106cd57601f01601f191660200190565b92919261070b826106e3565b9161071960405193846106ab565b82948184528183011161042f578281602093845f960137010152565b9080601f8301121561042f57816020610576933591016106ff565b3461042f57608036600319011261042f5761076c600435610686565b610777602435610686565b60643567ffffffffffffffff811161042f57610797903690600401610735565b50600b54306001600160a01b03909116036107d7576040517f150b7a02000000000000000000000000000000000000000000000000000000008152602090f35b7fe90a651e000000000000000000000000000000000000000000000000000000005f5260045ffd5b67ffffffffffffffff81116106cd5760051b60200190565b9080601f8301121561042f57813561082e816107ff565b9261083c60405194856106ab565b81845260208085019260051b82010192831161042f57602001905b8282106108645750505090565b60208091833561087381610686565b815201910190610857565b9080601f8301121561042f578135610895816107ff565b926108a360405194856106ab565b81845260208085019260051b82010192831161042f57602001905b8282106108cb5750505090565b81358152602091820191016108be565b9080601f8301121561042f5781356108f2816107ff565b9261090060405194856106ab565b81845260208085019260051b8201019183831161042f5760208201905b83821061092c57505050505090565b813567ffffffffffffffff811161042f5760209161094f87848094880101610735565b81520191019061091d565b608060031982011261042f5760043567ffffffffffffffff811161042f578161098591600401610817565b9160243567ffffffffffffffff811161042f57826109a59160040161087e565b916044359067ffffffffffffffff821161042f576109c5916004016108db565b9060643590565b3461042f576109da3661095a565b90926109e882858584612543565b936109f28561273e565b50610a14610a08600b546001600160a01b031690565b6001600160a01b031690565b93604051937ff27a0c92000000000000000000000000000000000000000000000000000000008552602085600481895afa948515610c26575f95610c5a575b503060601b6bffffffffffffffffffffffff19161894602060405180927fb1c5f4270000000000000000000000000000000000000000000000000000000082528180610aa58b89898c6004860161319d565b03915afa908115610c26575f91610c2b575b50610aca875f52600c60205260405f2090565b55610ae0610a08600b546001600160a01b031690565b90813b1561042f575f8094610b2587604051998a97889687957f8f2a0bb0000000000000000000000000000000000000000000000000000000008752600487016131e2565b03925af1908115610c2657610b4992610b4492610c0c575b5042612ccd565b613681565b9065ffffffffffff821615610be4577f9a2e42fd6722813d69113e7d0079d3d940171428df7373df9c7f7617cfda2892610bd183610bb26105cd956001610b98875f52600460205260405f2090565b019065ffffffffffff1665ffffffffffff19825416179055565b6040805185815265ffffffffffff909216602083015290918291820190565b0390a16040519081529081906020820190565b7f90884a46000000000000000000000000000000000000000000000000000000005f5260045ffd5b80610c1a5f610c20936106ab565b80610433565b5f610b3d565b611fd4565b610c4d915060203d602011610c53575b610c4581836106ab565b8101906125aa565b5f610ab7565b503d610c3b565b610c7491955060203d602011610c5357610c4581836106ab565b935f610a53565b610c843661095a565b91610c9183838387612543565b936020610c9f6030876127be565b50610cfe610cb5875f52600460205260405f2090565b7e010000000000000000000000000000000000000000000000000000000000007fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff825416179055565b600b54306001600160a01b0390911603610da8575b5091849391610d25936105cd966132b1565b30610d3b610a086001600160a01b03600b541690565b141580610d83575b610d7a575b6040518181527f712ae1383f79ac853f8d882153778e0260ef8f03b504e2866e0593e04d2b291f908060208101610bd1565b5f600555610d48565b50610da3610d9f6005546001600160801b0381169060801c1490565b1590565b610d43565b949091935f5b8351811015610e025760019030610dd8610a08610dcb8489611fbb565b516001600160a01b031690565b14610de4575b01610dae565b610dfd610df18288611fbb565b518981519101206127fc565b610dde565b5090945092906105cd610d13565b3461042f57602036600319011261042f576004355f526004602052602065ffffffffffff60405f205460a01c16604051908152f35b3461042f575f36600319011261042f5760206040517f3e83946653575f9a39005e1545185629e92736b7528ab20ca3816f315424a8118152f35b3461042f575f36600319011261042f57602065ffffffffffff60085416604051908152f35b634e487b7160e01b5f52602160045260245ffd5b60081115610ec257565b610ea4565b6008811015610ec257602452565b3461042f57602036600319011261042f57610ef1600435612838565b6040516008821015610ec2576020918152f35b3461042f57604036600319011261042f57602060ff610f4e602435600435610f2b82610686565b5f5260098452600360405f2001906001600160a01b03165f5260205260405f2090565b54166040519015158152f35b3461042f57610f683661095a565b91610f7583838387612543565b93610f7f85612838565b6008811015610ec2571580611118575b156110e857610f9e9450612543565b610fa9603b826127be565b50611008610fbf825f52600460205260405f2090565b7f01000000000000000000000000000000000000000000000000000000000000007effffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff825416179055565b6040518181527f789cf55be980739dad1d0699b93b58e806b51c9d96619bfa8fe0a28abaa7b30c90602090a1611046815f52600c60205260405f2090565b549081611059575b604051908152602090f35b61106e610a08600b546001600160a01b031690565b803b1561042f576040517fc4d252f500000000000000000000000000000000000000000000000000000000815260048101939093525f908390602490829084905af1918215610c26576105cd926110d4575b505f818152600c602052604081205561104e565b80610c1a5f6110e2936106ab565b5f6110c0565b847f8fe5d8a9000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b50845f5260046020526001600160a01b0360405f2054163314610f8f565b3461042f575f36600319011261042f576105cd61115161202e565b604051918291602083526020830190610541565b3461042f57602036600319011261042f576004355f526009602052606060405f20805490600260018201549101549060405192835260208301526040820152f35b3461042f575f36600319011261042f576105cd6040516111c76040826106ab565b600181527f31000000000000000000000000000000000000000000000000000000000000006020820152604051918291602083526020830190610541565b6024359060ff8216820361042f57565b3461042f57604036600319011261042f57602061124e600435611236611205565b6040519161124485846106ab565b5f83523390612977565b604051908152f35b9181601f8401121561042f5782359167ffffffffffffffff831161042f576020838186019501011161042f57565b3461042f5760c036600319011261042f576004356112a0611205565b90604435906112ae82610686565b60643567ffffffffffffffff811161042f576112ce903690600401611256565b60843567ffffffffffffffff811161042f576112ee903690600401610735565b9160a4359467ffffffffffffffff861161042f576105cd9661131761131d973690600401610735565b95612117565b6040519081529081906020820190565b3461042f57608036600319011261042f57600435611349611205565b9060443567ffffffffffffffff811161042f5761136a903690600401611256565b91909260643567ffffffffffffffff811161042f5761104e9461139461139c923690600401610735565b9436916106ff565b9133906129f4565b3461042f57602036600319011261042f57602061124e600435612b31565b65ffffffffffff81160361042f57565b3461042f57602036600319011261042f576004356113ef816113c2565b6113f761267d565b6008547fc565b045403dc03c2eea82b81a0465edad9e2e7fc4d97e11421c209da93d7a93604065ffffffffffff81519481851686521693846020820152a165ffffffffffff191617600855005b3461042f57606036600319011261042f57600435611460611205565b906044359067ffffffffffffffff821161042f5760209261149261148b61124e943690600401611256565b36916106ff565b913390612977565b3461042f57608036600319011261042f5760043567ffffffffffffffff811161042f576114cb903690600401610817565b60243567ffffffffffffffff811161042f576114eb90369060040161087e565b9060443567ffffffffffffffff811161042f5761150c9036906004016108db565b906064359167ffffffffffffffff831161042f573660238401121561042f576105cd9361154661131d9436906024816004013591016106ff565b92612222565b3461042f57602036600319011261042f576001600160a01b0360043561157181610686565b165f526002602052602060405f2054604051908152f35b90602080835192838152019201905f5b8181106115a55750505090565b8251845260209384019390920191600101611598565b3461042f575f36600319011261042f576116796115f77f00000000000000000000000000000000000000000000000000000000000000006137ae565b6105cd6116237f0000000000000000000000000000000000000000000000000000000000000000613826565b611687604051916116356020846106ab565b5f8084523660208501376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e0602088015260e0870190610541565b908582036040870152610541565b904660608501523060808501525f60a085015283820360c0850152611588565b3461042f57608036600319011261042f576004356116c3611205565b90604435916116d183610686565b60643567ffffffffffffffff811161042f57610d9f6116f7611789923690600401610735565b61178361171e876001600160a01b03165f52600260205260405f2080549060018201905590565b60405160208101917ff2aad550cf55f045cb27e9c559f9889fdfb6e6cdaa032301d6ea397784ae51d7835288604083015260ff881660608301526001600160a01b038a16608083015260a082015260a0815261177b60c0826106ab565b51902061347c565b866134c7565b6117a4579061131d916105cd9361179e611fdf565b92612977565b6394ab6c0760e01b5f526001600160a01b03831660045260245b5ffd5b3461042f575f36600319011261042f5760206117db61237c565b65ffffffffffff60405191168152f35b3461042f575f36600319011261042f57602060405160648152f35b3461042f57606036600319011261042f5760043561182381610686565b60243560443567ffffffffffffffff811161042f57611846903690600401610735565b506001600160a01b0360405192630748d63560e31b845216600483015260248201526020816044816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015610c26576105cd915f916118bc575b506040519081529081906020820190565b6118d5915060203d602011610c5357610c4581836106ab565b5f6118ab565b3461042f575f36600319011261042f5760206001600160d01b036118fd61306b565b16604051908152f35b3461042f57602036600319011261042f5760043561192381610686565b61192b61267d565b73ffffffffffffffffffffffffffffffffffffffff196001600160a01b03600b549216917f08f74ea46ef7894f65eabfb5e6e695de773a000b47c529ab559178069b226401604080516001600160a01b0384168152856020820152a11617600b55005b3461042f57602061124e6119a13661095a565b92919091612543565b3461042f57602036600319011261042f57602060405160018152f35b3461042f57602036600319011261042f57602061124e6004355f52600460205265ffffffffffff600160405f2001541690565b3461042f575f36600319011261042f576020600754604051908152f35b3461042f5760a036600319011261042f57611a32600435610686565b611a3d602435610686565b60443567ffffffffffffffff811161042f57611a5d90369060040161087e565b5060643567ffffffffffffffff811161042f57611a7e90369060040161087e565b5060843567ffffffffffffffff811161042f57611a9f903690600401610735565b506105cd611aab612428565b6040517fffffffff0000000000000000000000000000000000000000000000000000000090911681529081906020820190565b3461042f57602036600319011261042f57602061124e600435612468565b606036600319011261042f57600435611b1481610686565b60243560443567ffffffffffffffff811161042f57610020925f92611b3e84933690600401611256565b9190611b4861267d565b826040519384928337810185815203925af13d15611b87573d90611b6b826106e3565b91611b7960405193846106ab565b82523d5f602084013e6130af565b6060906130af565b3461042f575f36600319011261042f5760206001600160a01b03600b5416604051908152f35b3461042f575f36600319011261042f576105cd604051611bd66040826106ab565b602081527f737570706f72743d627261766f2671756f72756d3d666f722c6162737461696e6020820152604051918291602083526020830190610541565b3461042f575f36600319011261042f5760206040517ff2aad550cf55f045cb27e9c559f9889fdfb6e6cdaa032301d6ea397784ae51d78152f35b3461042f57602036600319011261042f5760043563ffffffff81169081810361042f57611c7961267d565b8115611ce15769ffffffff000000000000907f7e3f7f0708a84de9203036abaa450dccc85ad5ff52f78c170f3edb55cf5e882860406008549481519063ffffffff8760301c1682526020820152a160301b169069ffffffff0000000000001916176008555f80f35b7ff1cfbf05000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b3461042f57604036600319011261042f57600435611d2a81610686565b6024355f604051611d3c6020826106ab565b526001600160a01b0360405192630748d63560e31b845216600483015260248201526020816044816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa8015610c26576105cd915f916118bc57506040519081529081906020820190565b3461042f57602036600319011261042f57600435611dcd61267d565b60075460408051918252602082018390527fccb45da8d5717e6c4544694297c4ba5cf151d455c9bb0ed4fc7a38411bc0546191a1600755005b3461042f5760a036600319011261042f57611e22600435610686565b611e2d602435610686565b60843567ffffffffffffffff811161042f57611e4d903690600401610735565b50600b54306001600160a01b03909116036107d7576040517ff23a6e61000000000000000000000000000000000000000000000000000000008152602090f35b3461042f57602036600319011261042f57602061124e6004356125b9565b3461042f575f36600319011261042f5760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b90600182811c92168015611f1c575b6020831014611f0857565b634e487b7160e01b5f52602260045260245ffd5b91607f1691611efd565b5f9291815491611f3583611eee565b8083529260018116908115611f8a5750600114611f5157505050565b5f9081526020812093945091925b838310611f70575060209250010190565b600181602092949394548385870101520191019190611f5f565b915050602093945060ff929192191683830152151560051b010190565b634e487b7160e01b5f52603260045260245ffd5b8051821015611fcf5760209160051b010190565b611fa7565b6040513d5f823e3d90fd5b60405190611fee6020836106ab565b5f8252565b604051906120026040836106ab565b601d82527f6d6f64653d626c6f636b6e756d6265722666726f6d3d64656661756c740000006020830152565b6040517f4bf5d7e90000000000000000000000000000000000000000000000000000000081525f816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa5f918161209b575b506105765750610576611ff3565b9091503d805f833e6120ad81836106ab565b81019060208183031261042f5780519067ffffffffffffffff821161042f570181601f8201121561042f578051906120e4826106e3565b926120f260405194856106ab565b8284526020838301011161042f57815f9260208093018386015e83010152905f61208d565b939092919695610d9f6121d7916121d187878c8b612136368a8c6106ff565b6001600160a01b03612162846001600160a01b03165f52600260205260405f2080549060018201905590565b916020815191012092602081519101209360ff6040519660208801987f3e83946653575f9a39005e1545185629e92736b7528ab20ca3816f315424a8118a52604089015216606087015216608085015260a084015260c083015260e082015260e0815261177b610100826106ab565b8a6134c7565b6121f2576105769596916121ec9136916106ff565b926129f4565b6394ab6c0760e01b5f526001600160a01b03871660045260245ffd5b634e487b7160e01b5f52601160045260245ffd5b91939290936122318233612c2c565b1561235057600754948561224d575b6105769495503393612df0565b5f1965ffffffffffff61225e61237c565b160165ffffffffffff811161234b5765ffffffffffff16955f6040516122856020826106ab565b5260405196630748d63560e31b88526001600160a01b033316600489015260248801526020876044816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa968715610c26575f9761232a575b508087106122f65750612240565b7fc242ee16000000000000000000000000000000000000000000000000000000005f5233600452602487905260445260645ffd5b61234491975060203d602011610c5357610c4581836106ab565b955f6122e8565b61220e565b7fd9b39557000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b6040517f91ddadf40000000000000000000000000000000000000000000000000000000081526020816004816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa5f91816123eb575b50610576575061057643613681565b9091506020813d602011612420575b81612407602093836106ab565b8101031261042f5751612419816113c2565b905f6123dc565b3d91506123fa565b6001600160a01b03600b54166001600160a01b03309116036107d7577fbc197c810000000000000000000000000000000000000000000000000000000090565b805f52600460205265ffffffffffff60405f205460a01c16905f52600460205263ffffffff60405f205460d01c160165ffffffffffff811161234b5765ffffffffffff1690565b90602080835192838152019201905f5b8181106124cc5750505090565b82516001600160a01b03168452602093840193909201916001016124bf565b9080602083519182815201916020808360051b8301019401925f915b83831061251657505050505090565b9091929394602080612534600193601f198682030187528951610541565b97019301930191939290612507565b92906125a49161259061257e9460405195869461256c602087019960808b5260a08801906124af565b868103601f1901604088015290611588565b848103601f19016060860152906124eb565b90608083015203601f1981018352826106ab565b51902090565b9081602091031261042f575190565b604051907f8e539e8c0000000000000000000000000000000000000000000000000000000082528060048301526020826024816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610c2657610576925f9261263a575b5061263490612b31565b9061310c565b6126349192506126589060203d602011610c5357610c4581836106ab565b919061262a565b6001600160a01b03600b54166001600160a01b03309116036107d757565b600b54336001600160a01b03909116036126e657600b54306001600160a01b03909116036126a757565b6126b0366106e3565b6126bd60405191826106ab565b3681526020810190365f83375f602036830101525190205b806126de613178565b036126d55750565b7f47096e47000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b6008811015610ec25760ff600191161b90565b600452606491906008811015610ec2576024525f604452565b61274781612838565b90601061275383612712565b161561275d575090565b61277492506331b75e4d60e01b5f52600452610ec7565b601060445260645ffd5b61278781612838565b90600261279383612712565b161561279d575090565b6127b492506331b75e4d60e01b5f52600452610ec7565b600260445260645ffd5b906127c882612838565b91816127d384612712565b16156127de57505090565b6331b75e4d60e01b5f526004526127f482610ec7565b60445260645ffd5b61280790600561322f565b1561280e57565b634e487b715f5260416020526024601cfd5b9081602091031261042f5751801515810361042f5790565b61284181613363565b9061284b82610eb8565b600582036129735761286691505f52600c60205260405f2090565b5461287c610a08600b546001600160a01b031690565b6040517f584b153e00000000000000000000000000000000000000000000000000000000815260048101839052602081602481855afa908115610c26575f91612954575b50156128cd575050600590565b6040517f2ab0f5290000000000000000000000000000000000000000000000000000000081526004810192909252602090829060249082905afa908115610c26575f91612925575b501561292057600790565b600290565b612947915060203d60201161294d575b61293f81836106ab565b810190612820565b5f612915565b503d612935565b61296d915060203d60201161294d5761293f81836106ab565b5f6128c0565b5090565b9161057693916040519361298c6020866106ab565b5f85526129f4565b93909260ff6129c09361057697958752166020860152604085015260a0606085015260a0840190610541565b916080818403910152610541565b909260ff6080936105769695845216602083015260408201528160608201520190610541565b92919092612a018161277e565b50805f52600460205265ffffffffffff612a2860405f2065ffffffffffff905460a01c1690565b1693604051630748d63560e31b81526001600160a01b0382169586600483015260248201526020816044816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa908115610c2657612a9a9285915f93612b10575b5084613535565b948051155f14612add5750612ad77fb8e138887d0aa13bab447e82de9d5c1777041ecd21ca36ba824ff1e6c07ddda49386604051948594856129ce565b0390a290565b612ad7907fe2babfbac5889a709b63bb7f598b324e08bc5a4fb9ec647fb3cbc9ec07eb8712948760405195869586612994565b612b2a91935060203d602011610c5357610c4581836106ab565b915f612a93565b65ffffffffffff9080612b44600a613646565b9491501611155f14612b5d57506001600160d01b031690565b612b679150613681565b600a54905f829160058411612bd8575b612b839350600a613d63565b80612b8d57505f90565b612bd4612bcd612ba46001600160d01b0393613050565b600a5f527fc65a7bb8d6351c1cf70c95a316cc6a92839c986682d98bc35f958f4883f9d2a80190565b5460301c90565b1690565b9192612be381613bee565b810390811161234b57612b8393600a5f5265ffffffffffff8260205f2001541665ffffffffffff8516105f14612c1a575091612b77565b929150612c2690612cbf565b90612b77565b90805160348110612cb7577f2370726f706f7365723d000000000000000000000000000000000000000000007fffffffffffffffffffff0000000000000000000000000000000000000000000060131983850101511603612cb757612c96916029198201906136dc565b9015918215612ca457505090565b6001600160a01b03919250811691161490565b505050600190565b906001820180921161234b57565b9190820180921161234b57565b90612ce4826107ff565b612cf160405191826106ab565b8281528092612d02601f19916107ff565b01905f5b828110612d1257505050565b806060602080938501015201612d06565b9599989697949391926001600160a01b03612d6594612d5793895216602088015261012060408801526101208701906124af565b908582036060870152611588565b968388036080850152815180895260208901906020808260051b8c01019401915f905b828210612dc4575050505061057696975090612dab9184820360a08601526124eb565b9360c083015260e0820152610100818403910152610541565b90919294602080612de26001938f601f199082030186528951610541565b970192019201909291612d88565b929094939194612e0882516020840120878387612543565b958451825190818114801590613045575b801561303d575b61300357505065ffffffffffff612e51612e42895f52600460205260405f2090565b5460a01c65ffffffffffff1690565b16612fe65791612fe1917f7d84a6263ae0d98d3329bd7b46bb4e8d6f98cd35a7adb45c274c8b7fd5ebd5e0959493612e8761237c565b90612ed6612ecd612ec06008549465ffffffffffff612eb9612eae8865ffffffffffff1690565b65ffffffffffff1690565b9116612ccd565b9360301c63ffffffff1690565b63ffffffff1690565b612fbf612eeb8c5f52600460205260405f2090565b805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b038a16178155612f68612f1d86613681565b82547fffffffffffff000000000000ffffffffffffffffffffffffffffffffffffffff1660a09190911b79ffffffffffff000000000000000000000000000000000000000016178255565b612f7183613783565b7fffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffffff7dffffffff000000000000000000000000000000000000000000000000000083549260d01b169116179055565b612fd3612fcc8951612cda565b9184612ccd565b936040519889988d8a612d23565b0390a1565b6117be87612ff381612838565b906331b75e4d60e01b5f52612725565b6117be9251907f447b05d0000000000000000000000000000000000000000000000000000000005f52929190606493600452602452604452565b508015612e20565b508251811415612e19565b5f1981019190821161234b57565b9190820391821161234b57565b600a548061307857505f90565b805f1981011161234b57600a5f527fc65a7bb8d6351c1cf70c95a316cc6a92839c986682d98bc35f958f4883f9d2a7015460301c90565b156130b75790565b8051156130c657602081519101fd5b7fd6bda275000000000000000000000000000000000000000000000000000000005f5260045ffd5b81156130f8570490565b634e487b7160e01b5f52601260045260245ffd5b5f1982820990828102918280821091030390811561316d578160641115613166577f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c29936064910990828211900360fe1b910360021c170290565b60116132a1565b505060649004919050565b613182600561385d565b901561318b5790565b634e487b715f5260316020526024601cfd5b9493926131c96080936131bb6131d79460a08a5260a08a01906124af565b9088820360208a0152611588565b9086820360408801526124eb565b935f60608201520152565b919261321160a09461320361321f949998979960c0875260c08701906124af565b908582036020870152611588565b9083820360408501526124eb565b945f606083015260808201520152565b908154908160801c6001600160801b036001820193166001600160801b03841614613299576001600160801b03165f90815260018401602052604090205581546001600160801b031660809190911b6fffffffffffffffffffffffffffffffff1916179055600190565b505050505f90565b634e487b715f526020526024601cfd5b939190916001600160a01b03600b5416906bffffffffffffffffffffffff193060601b166bffffffffffffffffffffffff1916823b1561042f576133285f95604051978896879586957fe38335e500000000000000000000000000000000000000000000000000000000875218926004860161319d565b039134905af18015610c265761334a575b505f908152600c6020526040812055565b806133565f80936106ab565b80031261042f575f613339565b613375815f52600460205260405f2090565b5460f881901c9060f01c60ff166134755761346f576133a2612eae612e42835f52600460205260405f2090565b8015613442576133b3612eae61237c565b8091101561343c576133c482612468565b106133cf5750600190565b6133db610d9f82613a5a565b8015613419575b156133ed5750600390565b61340b905f52600460205265ffffffffffff600160405f2001541690565b61341457600490565b600590565b50613437610d9f825f52600960205260405f20600181015490541090565b6133e2565b50505f90565b7f6ad06075000000000000000000000000000000000000000000000000000000005f52600482905260245ffd5b50600290565b5050600790565b604290613487613a9e565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b60041115610ec257565b9190823b6134ef57906134d991613bb4565b506134e3816134bd565b159182612ca457505090565b916020926064835f94519060405193630b135d3f60e11b855260048501526040602485015286820190604485015e01915afa630b135d3f60e11b5f5114601f3d11161690565b61354a909291925f52600960205260405f2090565b916003830161357461356d8383906001600160a01b03165f5260205260405f2090565b5460ff1690565b6136115761359960ff93926135a692906001600160a01b03165f5260205260405f2090565b805460ff19166001179055565b16806135bd57506135b8828254612ccd565b905590565b600181036135d457506001016135b8828254612ccd565b6002036135e9576002016135b8828254612ccd565b7f06b337c2000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f71c6af49000000000000000000000000000000000000000000000000000000005f526001600160a01b03821660045260245ffd5b805490816136585750505f905f905f90565b815f1981011161234b575f525f199060205f2001015460019165ffffffffffff82169160301c90565b65ffffffffffff81116136995765ffffffffffff1690565b6306dfcc6560e41b5f52603060045260245260445ffd5b908160011b918083046002149015171561234b57565b908160041b918083046010149015171561234b57565b80518311801561377a575b61373b576136f482612cbf565b831180613744575b6137079015156136b0565b6028018060281161234b5761371c838561305e565b0361373b5791613735916001600160a01b039493613dbc565b90921690565b5050505f905f90565b50808201602001517fffff0000000000000000000000000000000000000000000000000000000000001661060f60f31b146136fc565b508282116136e7565b63ffffffff81116137975763ffffffff1690565b6306dfcc6560e41b5f52602060045260245260445ffd5b60ff811461380d5760ff811690601f82116137e557604051916137d26040846106ab565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b506040516105768161381f815f611f26565b03826106ab565b60ff811461384a5760ff811690601f82116137e557604051916137d26040846106ab565b506040516105768161381f816001611f26565b908154906001600160801b0382169160801c82146138db576001926001600160801b036001808301945f6138be826138a6818a906001600160801b03165f5260205260405f2090565b5498906001600160801b03165f5260205260405f2090565b5501166fffffffffffffffffffffffffffffffff19825416179055565b5f9250829150565b908154680100000000000000008110156106cd5760018101808455811015611fcf5760206001600160d01b03916106e1945f52815f20019261394265ffffffffffff825116859065ffffffffffff1665ffffffffffff19825416179055565b0151825465ffffffffffff16911660301b65ffffffffffff1916179055565b600a549192918015613a3157612ba461397991613050565b90815461399561398e8265ffffffffffff1690565b9160301c90565b9265ffffffffffff808416921691808311613a09578692036139d3576139cf92509065ffffffffffff82549181199060301b169116179055565b9190565b50506139cf906139f26139e46106d2565b65ffffffffffff9092168252565b6001600160d01b03851660208201525b600a6138e3565b7f2520601d000000000000000000000000000000000000000000000000000000005f5260045ffd5b50613a5590613a416139e46106d2565b6001600160d01b0384166020820152613a02565b5f9190565b805f52600960205260405f20905f526004602052613a8665ffffffffffff60405f205460a01c166125b9565b60026001830154920154820180921161234b57111590565b6001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016301480613b8b575b15613af9577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526125a460c0826106ab565b507f00000000000000000000000000000000000000000000000000000000000000004614613ad0565b8151919060418303613be457613bdd9250602082015190606060408401519301515f1a90613ecb565b9192909190565b50505f9160029190565b600181111561057657806001700100000000000000000000000000000000831015613d21575b613cc7613cbd613cb3613ca9613c9f613c95613c84613cce9760048a68010000000000000000613cd39c1015613d14575b640100000000811015613d07575b62010000811015613cfa575b610100811015613ced575b6010811015613ce0575b1015613cd8575b60030260011c90565b613c8e818b6130ee565b0160011c90565b613c8e818a6130ee565b613c8e81896130ee565b613c8e81886130ee565b613c8e81876130ee565b613c8e81866130ee565b80936130ee565b821190565b900390565b60011b613c7b565b60041c9160021b91613c74565b60081c9160041b91613c6a565b60101c9160081b91613c5f565b60201c9160101b91613c53565b60401c9160201b91613c45565b5050613cd3613cce613cc7613cbd613cb3613ca9613c9f613c95613c84613d488a60801c90565b9850680100000000000000009750613c149650505050505050565b905b838310613d725750505090565b90919280841860011c8185160190835f5265ffffffffffff8260205f2001541665ffffffffffff8416105f14613dac5750925b9190613d65565b9350613db790612cbf565b613da5565b929092613dc884612cbf565b831180613e64575b613de2613de9919492939415156136b0565b5f95612ccd565b915b818310613dfb5750505060019190565b9092919360ff613e38613e33602088860101517fff000000000000000000000000000000000000000000000000000000000000001690565b613f4d565b1690600f8211613e595790613e4e6001926136c6565b019401919290613deb565b505f94508493505050565b50613de9613de261060f60f31b7fffff000000000000000000000000000000000000000000000000000000000000613ec1602089870101517fffff0000000000000000000000000000000000000000000000000000000000001690565b1614915050613dd0565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411613f42579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15610c26575f516001600160a01b03811615613f3857905f905f90565b505f906001905f90565b5050505f9160039190565b60f81c602f811180613fb5575b15613f6957602f190160ff1690565b6060811180613fab575b15613f82576056190160ff1690565b6040811180613fa1575b15613f9b576036190160ff1690565b5060ff90565b5060478110613f8c565b5060678110613f73565b50603a8110613f5a56",
}

// Governance is an auto generated Go binding around an Ethereum contract.
type Governance struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Governance) GetABI() abi.ABI {
	return c.abi
}

// NewGovernance creates a new instance of Governance.
func NewGovernance() *Governance {
	parsed, err := GovernanceMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Governance{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Governance) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token, address timelock, uint48 delay, uint32 period, uint256 threshold) returns()
func (governance *Governance) PackConstructor(token common.Address, timelock common.Address, delay *big.Int, period uint32, threshold *big.Int) []byte {
	enc, err := governance.abi.Pack("", token, timelock, delay, period, threshold)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdeaaa7cc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) PackBALLOTTYPEHASH() []byte {
	enc, err := governance.abi.Pack("BALLOT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdeaaa7cc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) TryPackBALLOTTYPEHASH() ([]byte, error) {
	return governance.abi.Pack("BALLOT_TYPEHASH")
}

// UnpackBALLOTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdeaaa7cc.
//
// Solidity: function BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) UnpackBALLOTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := governance.abi.Unpack("BALLOT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (governance *Governance) PackCLOCKMODE() []byte {
	enc, err := governance.abi.Pack("CLOCK_MODE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLOCKMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4bf5d7e9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (governance *Governance) TryPackCLOCKMODE() ([]byte, error) {
	return governance.abi.Pack("CLOCK_MODE")
}

// UnpackCLOCKMODE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4bf5d7e9.
//
// Solidity: function CLOCK_MODE() view returns(string)
func (governance *Governance) UnpackCLOCKMODE(data []byte) (string, error) {
	out, err := governance.abi.Unpack("CLOCK_MODE", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackCOUNTINGMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4e2ba5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (governance *Governance) PackCOUNTINGMODE() []byte {
	enc, err := governance.abi.Pack("COUNTING_MODE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCOUNTINGMODE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd4e2ba5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (governance *Governance) TryPackCOUNTINGMODE() ([]byte, error) {
	return governance.abi.Pack("COUNTING_MODE")
}

// UnpackCOUNTINGMODE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdd4e2ba5.
//
// Solidity: function COUNTING_MODE() pure returns(string)
func (governance *Governance) UnpackCOUNTINGMODE(data []byte) (string, error) {
	out, err := governance.abi.Unpack("COUNTING_MODE", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackEXTENDEDBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2fe3e261.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) PackEXTENDEDBALLOTTYPEHASH() []byte {
	enc, err := governance.abi.Pack("EXTENDED_BALLOT_TYPEHASH")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEXTENDEDBALLOTTYPEHASH is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2fe3e261.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) TryPackEXTENDEDBALLOTTYPEHASH() ([]byte, error) {
	return governance.abi.Pack("EXTENDED_BALLOT_TYPEHASH")
}

// UnpackEXTENDEDBALLOTTYPEHASH is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2fe3e261.
//
// Solidity: function EXTENDED_BALLOT_TYPEHASH() view returns(bytes32)
func (governance *Governance) UnpackEXTENDEDBALLOTTYPEHASH(data []byte) ([32]byte, error) {
	out, err := governance.abi.Unpack("EXTENDED_BALLOT_TYPEHASH", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452115d6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) PackCancel(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := governance.abi.Pack("cancel", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCancel is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452115d6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) TryPackCancel(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return governance.abi.Pack("cancel", targets, values, calldatas, descriptionHash)
}

// UnpackCancel is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x452115d6.
//
// Solidity: function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) UnpackCancel(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("cancel", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56781388.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (governance *Governance) PackCastVote(proposalId *big.Int, support uint8) []byte {
	enc, err := governance.abi.Pack("castVote", proposalId, support)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56781388.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (governance *Governance) TryPackCastVote(proposalId *big.Int, support uint8) ([]byte, error) {
	return governance.abi.Pack("castVote", proposalId, support)
}

// UnpackCastVote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56781388.
//
// Solidity: function castVote(uint256 proposalId, uint8 support) returns(uint256)
func (governance *Governance) UnpackCastVote(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("castVote", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ff262e3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (governance *Governance) PackCastVoteBySig(proposalId *big.Int, support uint8, voter common.Address, signature []byte) []byte {
	enc, err := governance.abi.Pack("castVoteBySig", proposalId, support, voter, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ff262e3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (governance *Governance) TryPackCastVoteBySig(proposalId *big.Int, support uint8, voter common.Address, signature []byte) ([]byte, error) {
	return governance.abi.Pack("castVoteBySig", proposalId, support, voter, signature)
}

// UnpackCastVoteBySig is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8ff262e3.
//
// Solidity: function castVoteBySig(uint256 proposalId, uint8 support, address voter, bytes signature) returns(uint256)
func (governance *Governance) UnpackCastVoteBySig(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("castVoteBySig", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReason is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b3c71d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (governance *Governance) PackCastVoteWithReason(proposalId *big.Int, support uint8, reason string) []byte {
	enc, err := governance.abi.Pack("castVoteWithReason", proposalId, support, reason)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReason is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b3c71d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (governance *Governance) TryPackCastVoteWithReason(proposalId *big.Int, support uint8, reason string) ([]byte, error) {
	return governance.abi.Pack("castVoteWithReason", proposalId, support, reason)
}

// UnpackCastVoteWithReason is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b3c71d3.
//
// Solidity: function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns(uint256)
func (governance *Governance) UnpackCastVoteWithReason(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("castVoteWithReason", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReasonAndParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f398a14.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (governance *Governance) PackCastVoteWithReasonAndParams(proposalId *big.Int, support uint8, reason string, params []byte) []byte {
	enc, err := governance.abi.Pack("castVoteWithReasonAndParams", proposalId, support, reason, params)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReasonAndParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5f398a14.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (governance *Governance) TryPackCastVoteWithReasonAndParams(proposalId *big.Int, support uint8, reason string, params []byte) ([]byte, error) {
	return governance.abi.Pack("castVoteWithReasonAndParams", proposalId, support, reason, params)
}

// UnpackCastVoteWithReasonAndParams is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5f398a14.
//
// Solidity: function castVoteWithReasonAndParams(uint256 proposalId, uint8 support, string reason, bytes params) returns(uint256)
func (governance *Governance) UnpackCastVoteWithReasonAndParams(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("castVoteWithReasonAndParams", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCastVoteWithReasonAndParamsBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5b8d0e0d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (governance *Governance) PackCastVoteWithReasonAndParamsBySig(proposalId *big.Int, support uint8, voter common.Address, reason string, params []byte, signature []byte) []byte {
	enc, err := governance.abi.Pack("castVoteWithReasonAndParamsBySig", proposalId, support, voter, reason, params, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCastVoteWithReasonAndParamsBySig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5b8d0e0d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (governance *Governance) TryPackCastVoteWithReasonAndParamsBySig(proposalId *big.Int, support uint8, voter common.Address, reason string, params []byte, signature []byte) ([]byte, error) {
	return governance.abi.Pack("castVoteWithReasonAndParamsBySig", proposalId, support, voter, reason, params, signature)
}

// UnpackCastVoteWithReasonAndParamsBySig is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5b8d0e0d.
//
// Solidity: function castVoteWithReasonAndParamsBySig(uint256 proposalId, uint8 support, address voter, string reason, bytes params, bytes signature) returns(uint256)
func (governance *Governance) UnpackCastVoteWithReasonAndParamsBySig(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("castVoteWithReasonAndParamsBySig", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function clock() view returns(uint48)
func (governance *Governance) PackClock() []byte {
	enc, err := governance.abi.Pack("clock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x91ddadf4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function clock() view returns(uint48)
func (governance *Governance) TryPackClock() ([]byte, error) {
	return governance.abi.Pack("clock")
}

// UnpackClock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x91ddadf4.
//
// Solidity: function clock() view returns(uint48)
func (governance *Governance) UnpackClock(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("clock", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGovernanceDomain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (governance *Governance) PackGovernanceDomain() []byte {
	enc, err := governance.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGovernanceDomain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (governance *Governance) TryPackGovernanceDomain() ([]byte, error) {
	return governance.abi.Pack("eip712Domain")
}

// GovernanceDomainOutput serves as a container for the return parameters of contract
// method GovernanceDomain.
type GovernanceDomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackGovernanceDomain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (governance *Governance) UnpackGovernanceDomain(data []byte) (GovernanceDomainOutput, error) {
	out, err := governance.abi.Unpack("eip712Domain", data)
	outstruct := new(GovernanceDomainOutput)
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

// PackExecute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2656227d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (governance *Governance) PackExecute(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := governance.abi.Pack("execute", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackExecute is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2656227d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (governance *Governance) TryPackExecute(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return governance.abi.Pack("execute", targets, values, calldatas, descriptionHash)
}

// UnpackExecute is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2656227d.
//
// Solidity: function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable returns(uint256)
func (governance *Governance) UnpackExecute(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("execute", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetProposalId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8f8a668.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (governance *Governance) PackGetProposalId(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := governance.abi.Pack("getProposalId", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetProposalId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8f8a668.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (governance *Governance) TryPackGetProposalId(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return governance.abi.Pack("getProposalId", targets, values, calldatas, descriptionHash)
}

// UnpackGetProposalId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa8f8a668.
//
// Solidity: function getProposalId(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns(uint256)
func (governance *Governance) UnpackGetProposalId(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("getProposalId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeb9019d4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (governance *Governance) PackGetVotes(account common.Address, timepoint *big.Int) []byte {
	enc, err := governance.abi.Pack("getVotes", account, timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xeb9019d4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (governance *Governance) TryPackGetVotes(account common.Address, timepoint *big.Int) ([]byte, error) {
	return governance.abi.Pack("getVotes", account, timepoint)
}

// UnpackGetVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xeb9019d4.
//
// Solidity: function getVotes(address account, uint256 timepoint) view returns(uint256)
func (governance *Governance) UnpackGetVotes(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("getVotes", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetVotesWithParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a802a6d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (governance *Governance) PackGetVotesWithParams(account common.Address, timepoint *big.Int, params []byte) []byte {
	enc, err := governance.abi.Pack("getVotesWithParams", account, timepoint, params)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetVotesWithParams is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9a802a6d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (governance *Governance) TryPackGetVotesWithParams(account common.Address, timepoint *big.Int, params []byte) ([]byte, error) {
	return governance.abi.Pack("getVotesWithParams", account, timepoint, params)
}

// UnpackGetVotesWithParams is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9a802a6d.
//
// Solidity: function getVotesWithParams(address account, uint256 timepoint, bytes params) view returns(uint256)
func (governance *Governance) UnpackGetVotesWithParams(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("getVotesWithParams", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHasVoted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43859632.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (governance *Governance) PackHasVoted(proposalId *big.Int, account common.Address) []byte {
	enc, err := governance.abi.Pack("hasVoted", proposalId, account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHasVoted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43859632.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (governance *Governance) TryPackHasVoted(proposalId *big.Int, account common.Address) ([]byte, error) {
	return governance.abi.Pack("hasVoted", proposalId, account)
}

// UnpackHasVoted is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43859632.
//
// Solidity: function hasVoted(uint256 proposalId, address account) view returns(bool)
func (governance *Governance) UnpackHasVoted(data []byte) (bool, error) {
	out, err := governance.abi.Unpack("hasVoted", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackHashProposal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59057e4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (governance *Governance) PackHashProposal(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := governance.abi.Pack("hashProposal", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHashProposal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc59057e4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (governance *Governance) TryPackHashProposal(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return governance.abi.Pack("hashProposal", targets, values, calldatas, descriptionHash)
}

// UnpackHashProposal is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc59057e4.
//
// Solidity: function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) pure returns(uint256)
func (governance *Governance) UnpackHashProposal(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("hashProposal", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function name() view returns(string)
func (governance *Governance) PackName() []byte {
	enc, err := governance.abi.Pack("name")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function name() view returns(string)
func (governance *Governance) TryPackName() ([]byte, error) {
	return governance.abi.Pack("name")
}

// UnpackName is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06fdde03.
//
// Solidity: function name() view returns(string)
func (governance *Governance) UnpackName(data []byte) (string, error) {
	out, err := governance.abi.Unpack("name", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (governance *Governance) PackNonces(owner common.Address) []byte {
	enc, err := governance.abi.Pack("nonces", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonces is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ecebe00.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (governance *Governance) TryPackNonces(owner common.Address) ([]byte, error) {
	return governance.abi.Pack("nonces", owner)
}

// UnpackNonces is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7ecebe00.
//
// Solidity: function nonces(address owner) view returns(uint256)
func (governance *Governance) UnpackNonces(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("nonces", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOnERC1155BatchReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc197c81.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (governance *Governance) PackOnERC1155BatchReceived(arg0 common.Address, arg1 common.Address, arg2 []*big.Int, arg3 []*big.Int, arg4 []byte) []byte {
	enc, err := governance.abi.Pack("onERC1155BatchReceived", arg0, arg1, arg2, arg3, arg4)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC1155BatchReceived is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbc197c81.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (governance *Governance) TryPackOnERC1155BatchReceived(arg0 common.Address, arg1 common.Address, arg2 []*big.Int, arg3 []*big.Int, arg4 []byte) ([]byte, error) {
	return governance.abi.Pack("onERC1155BatchReceived", arg0, arg1, arg2, arg3, arg4)
}

// UnpackOnERC1155BatchReceived is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbc197c81.
//
// Solidity: function onERC1155BatchReceived(address , address , uint256[] , uint256[] , bytes ) returns(bytes4)
func (governance *Governance) UnpackOnERC1155BatchReceived(data []byte) ([4]byte, error) {
	out, err := governance.abi.Unpack("onERC1155BatchReceived", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackOnERC1155Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23a6e61.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (governance *Governance) PackOnERC1155Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 *big.Int, arg4 []byte) []byte {
	enc, err := governance.abi.Pack("onERC1155Received", arg0, arg1, arg2, arg3, arg4)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC1155Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23a6e61.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (governance *Governance) TryPackOnERC1155Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 *big.Int, arg4 []byte) ([]byte, error) {
	return governance.abi.Pack("onERC1155Received", arg0, arg1, arg2, arg3, arg4)
}

// UnpackOnERC1155Received is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf23a6e61.
//
// Solidity: function onERC1155Received(address , address , uint256 , uint256 , bytes ) returns(bytes4)
func (governance *Governance) UnpackOnERC1155Received(data []byte) ([4]byte, error) {
	out, err := governance.abi.Unpack("onERC1155Received", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackOnERC721Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x150b7a02.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (governance *Governance) PackOnERC721Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) []byte {
	enc, err := governance.abi.Pack("onERC721Received", arg0, arg1, arg2, arg3)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOnERC721Received is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x150b7a02.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (governance *Governance) TryPackOnERC721Received(arg0 common.Address, arg1 common.Address, arg2 *big.Int, arg3 []byte) ([]byte, error) {
	return governance.abi.Pack("onERC721Received", arg0, arg1, arg2, arg3)
}

// UnpackOnERC721Received is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x150b7a02.
//
// Solidity: function onERC721Received(address , address , uint256 , bytes ) returns(bytes4)
func (governance *Governance) UnpackOnERC721Received(data []byte) ([4]byte, error) {
	out, err := governance.abi.Unpack("onERC721Received", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackProposalDeadline is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01f9e37.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (governance *Governance) PackProposalDeadline(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalDeadline", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalDeadline is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01f9e37.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (governance *Governance) TryPackProposalDeadline(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalDeadline", proposalId)
}

// UnpackProposalDeadline is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc01f9e37.
//
// Solidity: function proposalDeadline(uint256 proposalId) view returns(uint256)
func (governance *Governance) UnpackProposalDeadline(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("proposalDeadline", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalEta is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab58fb8e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (governance *Governance) PackProposalEta(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalEta", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalEta is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xab58fb8e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (governance *Governance) TryPackProposalEta(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalEta", proposalId)
}

// UnpackProposalEta is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xab58fb8e.
//
// Solidity: function proposalEta(uint256 proposalId) view returns(uint256)
func (governance *Governance) UnpackProposalEta(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("proposalEta", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalNeedsQueuing is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9a95294.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalNeedsQueuing(uint256 proposalId) view returns(bool)
func (governance *Governance) PackProposalNeedsQueuing(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalNeedsQueuing", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalNeedsQueuing is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9a95294.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalNeedsQueuing(uint256 proposalId) view returns(bool)
func (governance *Governance) TryPackProposalNeedsQueuing(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalNeedsQueuing", proposalId)
}

// UnpackProposalNeedsQueuing is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa9a95294.
//
// Solidity: function proposalNeedsQueuing(uint256 proposalId) view returns(bool)
func (governance *Governance) UnpackProposalNeedsQueuing(data []byte) (bool, error) {
	out, err := governance.abi.Unpack("proposalNeedsQueuing", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackProposalProposer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x143489d0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (governance *Governance) PackProposalProposer(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalProposer", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalProposer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x143489d0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (governance *Governance) TryPackProposalProposer(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalProposer", proposalId)
}

// UnpackProposalProposer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x143489d0.
//
// Solidity: function proposalProposer(uint256 proposalId) view returns(address)
func (governance *Governance) UnpackProposalProposer(data []byte) (common.Address, error) {
	out, err := governance.abi.Unpack("proposalProposer", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackProposalSnapshot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d63f693.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (governance *Governance) PackProposalSnapshot(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalSnapshot", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalSnapshot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2d63f693.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (governance *Governance) TryPackProposalSnapshot(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalSnapshot", proposalId)
}

// UnpackProposalSnapshot is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2d63f693.
//
// Solidity: function proposalSnapshot(uint256 proposalId) view returns(uint256)
func (governance *Governance) UnpackProposalSnapshot(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("proposalSnapshot", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb58131b0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (governance *Governance) PackProposalThreshold() []byte {
	enc, err := governance.abi.Pack("proposalThreshold")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb58131b0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (governance *Governance) TryPackProposalThreshold() ([]byte, error) {
	return governance.abi.Pack("proposalThreshold")
}

// UnpackProposalThreshold is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb58131b0.
//
// Solidity: function proposalThreshold() view returns(uint256)
func (governance *Governance) UnpackProposalThreshold(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("proposalThreshold", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackProposalVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x544ffc9c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (governance *Governance) PackProposalVotes(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("proposalVotes", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProposalVotes is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x544ffc9c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (governance *Governance) TryPackProposalVotes(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("proposalVotes", proposalId)
}

// ProposalVotesOutput serves as a container for the return parameters of contract
// method ProposalVotes.
type ProposalVotesOutput struct {
	AgainstVotes *big.Int
	ForVotes     *big.Int
	AbstainVotes *big.Int
}

// UnpackProposalVotes is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x544ffc9c.
//
// Solidity: function proposalVotes(uint256 proposalId) view returns(uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
func (governance *Governance) UnpackProposalVotes(data []byte) (ProposalVotesOutput, error) {
	out, err := governance.abi.Unpack("proposalVotes", data)
	outstruct := new(ProposalVotesOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.AgainstVotes = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.ForVotes = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.AbstainVotes = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackPropose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7d5e81e2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (governance *Governance) PackPropose(targets []common.Address, values []*big.Int, calldatas [][]byte, description string) []byte {
	enc, err := governance.abi.Pack("propose", targets, values, calldatas, description)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPropose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7d5e81e2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (governance *Governance) TryPackPropose(targets []common.Address, values []*big.Int, calldatas [][]byte, description string) ([]byte, error) {
	return governance.abi.Pack("propose", targets, values, calldatas, description)
}

// UnpackPropose is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7d5e81e2.
//
// Solidity: function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns(uint256)
func (governance *Governance) UnpackPropose(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("propose", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQueue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x160cbed7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) PackQueue(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) []byte {
	enc, err := governance.abi.Pack("queue", targets, values, calldatas, descriptionHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQueue is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x160cbed7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) TryPackQueue(targets []common.Address, values []*big.Int, calldatas [][]byte, descriptionHash [32]byte) ([]byte, error) {
	return governance.abi.Pack("queue", targets, values, calldatas, descriptionHash)
}

// UnpackQueue is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x160cbed7.
//
// Solidity: function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns(uint256)
func (governance *Governance) UnpackQueue(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("queue", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorum is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8ce560a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (governance *Governance) PackQuorum(timepoint *big.Int) []byte {
	enc, err := governance.abi.Pack("quorum", timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorum is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf8ce560a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (governance *Governance) TryPackQuorum(timepoint *big.Int) ([]byte, error) {
	return governance.abi.Pack("quorum", timepoint)
}

// UnpackQuorum is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf8ce560a.
//
// Solidity: function quorum(uint256 timepoint) view returns(uint256)
func (governance *Governance) UnpackQuorum(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("quorum", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumDenominator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97c3d334.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (governance *Governance) PackQuorumDenominator() []byte {
	enc, err := governance.abi.Pack("quorumDenominator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumDenominator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x97c3d334.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (governance *Governance) TryPackQuorumDenominator() ([]byte, error) {
	return governance.abi.Pack("quorumDenominator")
}

// UnpackQuorumDenominator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x97c3d334.
//
// Solidity: function quorumDenominator() view returns(uint256)
func (governance *Governance) UnpackQuorumDenominator(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("quorumDenominator", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c4247f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (governance *Governance) PackQuorumNumerator(timepoint *big.Int) []byte {
	enc, err := governance.abi.Pack("quorumNumerator", timepoint)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c4247f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (governance *Governance) TryPackQuorumNumerator(timepoint *big.Int) ([]byte, error) {
	return governance.abi.Pack("quorumNumerator", timepoint)
}

// UnpackQuorumNumerator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x60c4247f.
//
// Solidity: function quorumNumerator(uint256 timepoint) view returns(uint256)
func (governance *Governance) UnpackQuorumNumerator(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("quorumNumerator", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackQuorumNumerator0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7713a70.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (governance *Governance) PackQuorumNumerator0() []byte {
	enc, err := governance.abi.Pack("quorumNumerator0")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQuorumNumerator0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7713a70.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (governance *Governance) TryPackQuorumNumerator0() ([]byte, error) {
	return governance.abi.Pack("quorumNumerator0")
}

// UnpackQuorumNumerator0 is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa7713a70.
//
// Solidity: function quorumNumerator() view returns(uint256)
func (governance *Governance) UnpackQuorumNumerator0(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("quorumNumerator0", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28bc2fa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function relay(address target, uint256 value, bytes data) payable returns()
func (governance *Governance) PackRelay(target common.Address, value *big.Int, data []byte) []byte {
	enc, err := governance.abi.Pack("relay", target, value, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc28bc2fa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function relay(address target, uint256 value, bytes data) payable returns()
func (governance *Governance) TryPackRelay(target common.Address, value *big.Int, data []byte) ([]byte, error) {
	return governance.abi.Pack("relay", target, value, data)
}

// PackSetProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xece40cc1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setProposalThreshold(uint256 newProposalThreshold) returns()
func (governance *Governance) PackSetProposalThreshold(newProposalThreshold *big.Int) []byte {
	enc, err := governance.abi.Pack("setProposalThreshold", newProposalThreshold)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetProposalThreshold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xece40cc1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setProposalThreshold(uint256 newProposalThreshold) returns()
func (governance *Governance) TryPackSetProposalThreshold(newProposalThreshold *big.Int) ([]byte, error) {
	return governance.abi.Pack("setProposalThreshold", newProposalThreshold)
}

// PackSetVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79051887.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setVotingDelay(uint48 newVotingDelay) returns()
func (governance *Governance) PackSetVotingDelay(newVotingDelay *big.Int) []byte {
	enc, err := governance.abi.Pack("setVotingDelay", newVotingDelay)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79051887.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setVotingDelay(uint48 newVotingDelay) returns()
func (governance *Governance) TryPackSetVotingDelay(newVotingDelay *big.Int) ([]byte, error) {
	return governance.abi.Pack("setVotingDelay", newVotingDelay)
}

// PackSetVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe540d01d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setVotingPeriod(uint32 newVotingPeriod) returns()
func (governance *Governance) PackSetVotingPeriod(newVotingPeriod uint32) []byte {
	enc, err := governance.abi.Pack("setVotingPeriod", newVotingPeriod)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe540d01d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setVotingPeriod(uint32 newVotingPeriod) returns()
func (governance *Governance) TryPackSetVotingPeriod(newVotingPeriod uint32) ([]byte, error) {
	return governance.abi.Pack("setVotingPeriod", newVotingPeriod)
}

// PackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e4f49e6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function state(uint256 proposalId) view returns(uint8)
func (governance *Governance) PackState(proposalId *big.Int) []byte {
	enc, err := governance.abi.Pack("state", proposalId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e4f49e6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function state(uint256 proposalId) view returns(uint8)
func (governance *Governance) TryPackState(proposalId *big.Int) ([]byte, error) {
	return governance.abi.Pack("state", proposalId)
}

// UnpackState is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3e4f49e6.
//
// Solidity: function state(uint256 proposalId) view returns(uint8)
func (governance *Governance) UnpackState(data []byte) (uint8, error) {
	out, err := governance.abi.Unpack("state", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (governance *Governance) PackSupportsInterface(interfaceId [4]byte) []byte {
	enc, err := governance.abi.Pack("supportsInterface", interfaceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (governance *Governance) TryPackSupportsInterface(interfaceId [4]byte) ([]byte, error) {
	return governance.abi.Pack("supportsInterface", interfaceId)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (governance *Governance) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := governance.abi.Unpack("supportsInterface", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd33219b4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function timelock() view returns(address)
func (governance *Governance) PackTimelock() []byte {
	enc, err := governance.abi.Pack("timelock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd33219b4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function timelock() view returns(address)
func (governance *Governance) TryPackTimelock() ([]byte, error) {
	return governance.abi.Pack("timelock")
}

// UnpackTimelock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd33219b4.
//
// Solidity: function timelock() view returns(address)
func (governance *Governance) UnpackTimelock(data []byte) (common.Address, error) {
	out, err := governance.abi.Unpack("timelock", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (governance *Governance) PackToken() []byte {
	enc, err := governance.abi.Pack("token")
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
func (governance *Governance) TryPackToken() ([]byte, error) {
	return governance.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (governance *Governance) UnpackToken(data []byte) (common.Address, error) {
	out, err := governance.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackUpdateQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06f3f9e6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function updateQuorumNumerator(uint256 newQuorumNumerator) returns()
func (governance *Governance) PackUpdateQuorumNumerator(newQuorumNumerator *big.Int) []byte {
	enc, err := governance.abi.Pack("updateQuorumNumerator", newQuorumNumerator)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdateQuorumNumerator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06f3f9e6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function updateQuorumNumerator(uint256 newQuorumNumerator) returns()
func (governance *Governance) TryPackUpdateQuorumNumerator(newQuorumNumerator *big.Int) ([]byte, error) {
	return governance.abi.Pack("updateQuorumNumerator", newQuorumNumerator)
}

// PackUpdateTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa890c910.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function updateTimelock(address newTimelock) returns()
func (governance *Governance) PackUpdateTimelock(newTimelock common.Address) []byte {
	enc, err := governance.abi.Pack("updateTimelock", newTimelock)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdateTimelock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa890c910.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function updateTimelock(address newTimelock) returns()
func (governance *Governance) TryPackUpdateTimelock(newTimelock common.Address) ([]byte, error) {
	return governance.abi.Pack("updateTimelock", newTimelock)
}

// PackVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fd4d50.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function version() view returns(string)
func (governance *Governance) PackVersion() []byte {
	enc, err := governance.abi.Pack("version")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x54fd4d50.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function version() view returns(string)
func (governance *Governance) TryPackVersion() ([]byte, error) {
	return governance.abi.Pack("version")
}

// UnpackVersion is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x54fd4d50.
//
// Solidity: function version() view returns(string)
func (governance *Governance) UnpackVersion(data []byte) (string, error) {
	out, err := governance.abi.Unpack("version", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3932abb1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function votingDelay() view returns(uint256)
func (governance *Governance) PackVotingDelay() []byte {
	enc, err := governance.abi.Pack("votingDelay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVotingDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3932abb1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function votingDelay() view returns(uint256)
func (governance *Governance) TryPackVotingDelay() ([]byte, error) {
	return governance.abi.Pack("votingDelay")
}

// UnpackVotingDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3932abb1.
//
// Solidity: function votingDelay() view returns(uint256)
func (governance *Governance) UnpackVotingDelay(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("votingDelay", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02a251a3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function votingPeriod() view returns(uint256)
func (governance *Governance) PackVotingPeriod() []byte {
	enc, err := governance.abi.Pack("votingPeriod")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVotingPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x02a251a3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function votingPeriod() view returns(uint256)
func (governance *Governance) TryPackVotingPeriod() ([]byte, error) {
	return governance.abi.Pack("votingPeriod")
}

// UnpackVotingPeriod is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x02a251a3.
//
// Solidity: function votingPeriod() view returns(uint256)
func (governance *Governance) UnpackVotingPeriod(data []byte) (*big.Int, error) {
	out, err := governance.abi.Unpack("votingPeriod", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// GovernanceEIP712DomainChanged represents a EIP712DomainChanged event raised by the Governance contract.
type GovernanceEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const GovernanceEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (GovernanceEIP712DomainChanged) ContractEventName() string {
	return GovernanceEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (governance *Governance) UnpackEIP712DomainChangedEvent(log *types.Log) (*GovernanceEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceProposalCanceled represents a ProposalCanceled event raised by the Governance contract.
type GovernanceProposalCanceled struct {
	ProposalId *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const GovernanceProposalCanceledEventName = "ProposalCanceled"

// ContractEventName returns the user-defined event name.
func (GovernanceProposalCanceled) ContractEventName() string {
	return GovernanceProposalCanceledEventName
}

// UnpackProposalCanceledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalCanceled(uint256 proposalId)
func (governance *Governance) UnpackProposalCanceledEvent(log *types.Log) (*GovernanceProposalCanceled, error) {
	event := "ProposalCanceled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceProposalCanceled)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceProposalCreated represents a ProposalCreated event raised by the Governance contract.
type GovernanceProposalCreated struct {
	ProposalId  *big.Int
	Proposer    common.Address
	Targets     []common.Address
	Values      []*big.Int
	Signatures  []string
	Calldatas   [][]byte
	VoteStart   *big.Int
	VoteEnd     *big.Int
	Description string
	Raw         *types.Log // Blockchain specific contextual infos
}

const GovernanceProposalCreatedEventName = "ProposalCreated"

// ContractEventName returns the user-defined event name.
func (GovernanceProposalCreated) ContractEventName() string {
	return GovernanceProposalCreatedEventName
}

// UnpackProposalCreatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)
func (governance *Governance) UnpackProposalCreatedEvent(log *types.Log) (*GovernanceProposalCreated, error) {
	event := "ProposalCreated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceProposalCreated)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceProposalExecuted represents a ProposalExecuted event raised by the Governance contract.
type GovernanceProposalExecuted struct {
	ProposalId *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const GovernanceProposalExecutedEventName = "ProposalExecuted"

// ContractEventName returns the user-defined event name.
func (GovernanceProposalExecuted) ContractEventName() string {
	return GovernanceProposalExecutedEventName
}

// UnpackProposalExecutedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalExecuted(uint256 proposalId)
func (governance *Governance) UnpackProposalExecutedEvent(log *types.Log) (*GovernanceProposalExecuted, error) {
	event := "ProposalExecuted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceProposalExecuted)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceProposalQueued represents a ProposalQueued event raised by the Governance contract.
type GovernanceProposalQueued struct {
	ProposalId *big.Int
	EtaSeconds *big.Int
	Raw        *types.Log // Blockchain specific contextual infos
}

const GovernanceProposalQueuedEventName = "ProposalQueued"

// ContractEventName returns the user-defined event name.
func (GovernanceProposalQueued) ContractEventName() string {
	return GovernanceProposalQueuedEventName
}

// UnpackProposalQueuedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalQueued(uint256 proposalId, uint256 etaSeconds)
func (governance *Governance) UnpackProposalQueuedEvent(log *types.Log) (*GovernanceProposalQueued, error) {
	event := "ProposalQueued"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceProposalQueued)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceProposalThresholdSet represents a ProposalThresholdSet event raised by the Governance contract.
type GovernanceProposalThresholdSet struct {
	OldProposalThreshold *big.Int
	NewProposalThreshold *big.Int
	Raw                  *types.Log // Blockchain specific contextual infos
}

const GovernanceProposalThresholdSetEventName = "ProposalThresholdSet"

// ContractEventName returns the user-defined event name.
func (GovernanceProposalThresholdSet) ContractEventName() string {
	return GovernanceProposalThresholdSetEventName
}

// UnpackProposalThresholdSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold)
func (governance *Governance) UnpackProposalThresholdSetEvent(log *types.Log) (*GovernanceProposalThresholdSet, error) {
	event := "ProposalThresholdSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceProposalThresholdSet)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceQuorumNumeratorUpdated represents a QuorumNumeratorUpdated event raised by the Governance contract.
type GovernanceQuorumNumeratorUpdated struct {
	OldQuorumNumerator *big.Int
	NewQuorumNumerator *big.Int
	Raw                *types.Log // Blockchain specific contextual infos
}

const GovernanceQuorumNumeratorUpdatedEventName = "QuorumNumeratorUpdated"

// ContractEventName returns the user-defined event name.
func (GovernanceQuorumNumeratorUpdated) ContractEventName() string {
	return GovernanceQuorumNumeratorUpdatedEventName
}

// UnpackQuorumNumeratorUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event QuorumNumeratorUpdated(uint256 oldQuorumNumerator, uint256 newQuorumNumerator)
func (governance *Governance) UnpackQuorumNumeratorUpdatedEvent(log *types.Log) (*GovernanceQuorumNumeratorUpdated, error) {
	event := "QuorumNumeratorUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceQuorumNumeratorUpdated)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceTimelockChange represents a TimelockChange event raised by the Governance contract.
type GovernanceTimelockChange struct {
	OldTimelock common.Address
	NewTimelock common.Address
	Raw         *types.Log // Blockchain specific contextual infos
}

const GovernanceTimelockChangeEventName = "TimelockChange"

// ContractEventName returns the user-defined event name.
func (GovernanceTimelockChange) ContractEventName() string {
	return GovernanceTimelockChangeEventName
}

// UnpackTimelockChangeEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TimelockChange(address oldTimelock, address newTimelock)
func (governance *Governance) UnpackTimelockChangeEvent(log *types.Log) (*GovernanceTimelockChange, error) {
	event := "TimelockChange"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceTimelockChange)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceVoteCast represents a VoteCast event raised by the Governance contract.
type GovernanceVoteCast struct {
	Voter      common.Address
	ProposalId *big.Int
	Support    uint8
	Weight     *big.Int
	Reason     string
	Raw        *types.Log // Blockchain specific contextual infos
}

const GovernanceVoteCastEventName = "VoteCast"

// ContractEventName returns the user-defined event name.
func (GovernanceVoteCast) ContractEventName() string {
	return GovernanceVoteCastEventName
}

// UnpackVoteCastEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason)
func (governance *Governance) UnpackVoteCastEvent(log *types.Log) (*GovernanceVoteCast, error) {
	event := "VoteCast"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceVoteCast)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceVoteCastWithParams represents a VoteCastWithParams event raised by the Governance contract.
type GovernanceVoteCastWithParams struct {
	Voter      common.Address
	ProposalId *big.Int
	Support    uint8
	Weight     *big.Int
	Reason     string
	Params     []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const GovernanceVoteCastWithParamsEventName = "VoteCastWithParams"

// ContractEventName returns the user-defined event name.
func (GovernanceVoteCastWithParams) ContractEventName() string {
	return GovernanceVoteCastWithParamsEventName
}

// UnpackVoteCastWithParamsEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VoteCastWithParams(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason, bytes params)
func (governance *Governance) UnpackVoteCastWithParamsEvent(log *types.Log) (*GovernanceVoteCastWithParams, error) {
	event := "VoteCastWithParams"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceVoteCastWithParams)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceVotingDelaySet represents a VotingDelaySet event raised by the Governance contract.
type GovernanceVotingDelaySet struct {
	OldVotingDelay *big.Int
	NewVotingDelay *big.Int
	Raw            *types.Log // Blockchain specific contextual infos
}

const GovernanceVotingDelaySetEventName = "VotingDelaySet"

// ContractEventName returns the user-defined event name.
func (GovernanceVotingDelaySet) ContractEventName() string {
	return GovernanceVotingDelaySetEventName
}

// UnpackVotingDelaySetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay)
func (governance *Governance) UnpackVotingDelaySetEvent(log *types.Log) (*GovernanceVotingDelaySet, error) {
	event := "VotingDelaySet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceVotingDelaySet)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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

// GovernanceVotingPeriodSet represents a VotingPeriodSet event raised by the Governance contract.
type GovernanceVotingPeriodSet struct {
	OldVotingPeriod *big.Int
	NewVotingPeriod *big.Int
	Raw             *types.Log // Blockchain specific contextual infos
}

const GovernanceVotingPeriodSetEventName = "VotingPeriodSet"

// ContractEventName returns the user-defined event name.
func (GovernanceVotingPeriodSet) ContractEventName() string {
	return GovernanceVotingPeriodSetEventName
}

// UnpackVotingPeriodSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod)
func (governance *Governance) UnpackVotingPeriodSetEvent(log *types.Log) (*GovernanceVotingPeriodSet, error) {
	event := "VotingPeriodSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != governance.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GovernanceVotingPeriodSet)
	if len(log.Data) > 0 {
		if err := governance.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range governance.abi.Events[event].Inputs {
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
func (governance *Governance) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], governance.abi.Errors["CheckpointUnorderedInsertion"].ID.Bytes()[:4]) {
		return governance.UnpackCheckpointUnorderedInsertionError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["FailedCall"].ID.Bytes()[:4]) {
		return governance.UnpackFailedCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorAlreadyCastVote"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorAlreadyCastVoteError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorAlreadyQueuedProposal"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorAlreadyQueuedProposalError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorDisabledDeposit"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorDisabledDepositError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInsufficientProposerVotes"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInsufficientProposerVotesError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidProposalLength"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidProposalLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidQuorumFraction"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidQuorumFractionError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidSignature"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidVoteParams"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidVoteParamsError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidVoteType"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidVoteTypeError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorInvalidVotingPeriod"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorInvalidVotingPeriodError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorNonexistentProposal"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorNonexistentProposalError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorNotQueuedProposal"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorNotQueuedProposalError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorOnlyExecutor"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorOnlyExecutorError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorQueueNotImplemented"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorQueueNotImplementedError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorRestrictedProposer"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorRestrictedProposerError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorUnableToCancel"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorUnableToCancelError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["GovernorUnexpectedProposalState"].ID.Bytes()[:4]) {
		return governance.UnpackGovernorUnexpectedProposalStateError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["InvalidAccountNonce"].ID.Bytes()[:4]) {
		return governance.UnpackInvalidAccountNonceError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return governance.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["SafeCastOverflowedUintDowncast"].ID.Bytes()[:4]) {
		return governance.UnpackSafeCastOverflowedUintDowncastError(raw[4:])
	}
	if bytes.Equal(raw[:4], governance.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return governance.UnpackStringTooLongError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// GovernanceCheckpointUnorderedInsertion represents a CheckpointUnorderedInsertion error raised by the Governance contract.
type GovernanceCheckpointUnorderedInsertion struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CheckpointUnorderedInsertion()
func GovernanceCheckpointUnorderedInsertionErrorID() common.Hash {
	return common.HexToHash("0x2520601d9d60b717c34a36ad270857824c5a1ebbfd08ff39aba6930089495cfa")
}

// UnpackCheckpointUnorderedInsertionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CheckpointUnorderedInsertion()
func (governance *Governance) UnpackCheckpointUnorderedInsertionError(raw []byte) (*GovernanceCheckpointUnorderedInsertion, error) {
	out := new(GovernanceCheckpointUnorderedInsertion)
	if err := governance.abi.UnpackIntoInterface(out, "CheckpointUnorderedInsertion", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceFailedCall represents a FailedCall error raised by the Governance contract.
type GovernanceFailedCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FailedCall()
func GovernanceFailedCallErrorID() common.Hash {
	return common.HexToHash("0xd6bda27508c0fb6d8a39b4b122878dab26f731a7d4e4abe711dd3731899052a4")
}

// UnpackFailedCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FailedCall()
func (governance *Governance) UnpackFailedCallError(raw []byte) (*GovernanceFailedCall, error) {
	out := new(GovernanceFailedCall)
	if err := governance.abi.UnpackIntoInterface(out, "FailedCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorAlreadyCastVote represents a GovernorAlreadyCastVote error raised by the Governance contract.
type GovernanceGovernorAlreadyCastVote struct {
	Voter common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorAlreadyCastVote(address voter)
func GovernanceGovernorAlreadyCastVoteErrorID() common.Hash {
	return common.HexToHash("0x71c6af4932ed543cdb181fcbb800f4b9940a2ccceeaee5e6e141de8c50856ede")
}

// UnpackGovernorAlreadyCastVoteError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorAlreadyCastVote(address voter)
func (governance *Governance) UnpackGovernorAlreadyCastVoteError(raw []byte) (*GovernanceGovernorAlreadyCastVote, error) {
	out := new(GovernanceGovernorAlreadyCastVote)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorAlreadyCastVote", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorAlreadyQueuedProposal represents a GovernorAlreadyQueuedProposal error raised by the Governance contract.
type GovernanceGovernorAlreadyQueuedProposal struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorAlreadyQueuedProposal(uint256 proposalId)
func GovernanceGovernorAlreadyQueuedProposalErrorID() common.Hash {
	return common.HexToHash("0xf20e7d374e58691196b2e081c7753efc94203ab3520c58efe153076e279fde0a")
}

// UnpackGovernorAlreadyQueuedProposalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorAlreadyQueuedProposal(uint256 proposalId)
func (governance *Governance) UnpackGovernorAlreadyQueuedProposalError(raw []byte) (*GovernanceGovernorAlreadyQueuedProposal, error) {
	out := new(GovernanceGovernorAlreadyQueuedProposal)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorAlreadyQueuedProposal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorDisabledDeposit represents a GovernorDisabledDeposit error raised by the Governance contract.
type GovernanceGovernorDisabledDeposit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorDisabledDeposit()
func GovernanceGovernorDisabledDepositErrorID() common.Hash {
	return common.HexToHash("0xe90a651e5fdea7022846d10b5f36994c22e1f46db4b5021aa3e26ad83b24bfd8")
}

// UnpackGovernorDisabledDepositError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorDisabledDeposit()
func (governance *Governance) UnpackGovernorDisabledDepositError(raw []byte) (*GovernanceGovernorDisabledDeposit, error) {
	out := new(GovernanceGovernorDisabledDeposit)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorDisabledDeposit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInsufficientProposerVotes represents a GovernorInsufficientProposerVotes error raised by the Governance contract.
type GovernanceGovernorInsufficientProposerVotes struct {
	Proposer  common.Address
	Votes     *big.Int
	Threshold *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)
func GovernanceGovernorInsufficientProposerVotesErrorID() common.Hash {
	return common.HexToHash("0xc242ee16ab08d11dbce60e744efdbd91b4e07ac4c074d993992519795a6324d0")
}

// UnpackGovernorInsufficientProposerVotesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)
func (governance *Governance) UnpackGovernorInsufficientProposerVotesError(raw []byte) (*GovernanceGovernorInsufficientProposerVotes, error) {
	out := new(GovernanceGovernorInsufficientProposerVotes)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInsufficientProposerVotes", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidProposalLength represents a GovernorInvalidProposalLength error raised by the Governance contract.
type GovernanceGovernorInvalidProposalLength struct {
	Targets   *big.Int
	Calldatas *big.Int
	Values    *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)
func GovernanceGovernorInvalidProposalLengthErrorID() common.Hash {
	return common.HexToHash("0x447b05d0c41e339e22932be48ca2091a47f3c39df25e2152ad11a8729753b2b4")
}

// UnpackGovernorInvalidProposalLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)
func (governance *Governance) UnpackGovernorInvalidProposalLengthError(raw []byte) (*GovernanceGovernorInvalidProposalLength, error) {
	out := new(GovernanceGovernorInvalidProposalLength)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidProposalLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidQuorumFraction represents a GovernorInvalidQuorumFraction error raised by the Governance contract.
type GovernanceGovernorInvalidQuorumFraction struct {
	QuorumNumerator   *big.Int
	QuorumDenominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)
func GovernanceGovernorInvalidQuorumFractionErrorID() common.Hash {
	return common.HexToHash("0x243e5445050913bb1c3de7a2f82eba0c3b0b8a55c2aacf660392fa35087a1919")
}

// UnpackGovernorInvalidQuorumFractionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)
func (governance *Governance) UnpackGovernorInvalidQuorumFractionError(raw []byte) (*GovernanceGovernorInvalidQuorumFraction, error) {
	out := new(GovernanceGovernorInvalidQuorumFraction)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidQuorumFraction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidSignature represents a GovernorInvalidSignature error raised by the Governance contract.
type GovernanceGovernorInvalidSignature struct {
	Voter common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidSignature(address voter)
func GovernanceGovernorInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0x94ab6c07905fb25046d2809e4563b09690f891c9495bfe19551d602e7eddbb1b")
}

// UnpackGovernorInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidSignature(address voter)
func (governance *Governance) UnpackGovernorInvalidSignatureError(raw []byte) (*GovernanceGovernorInvalidSignature, error) {
	out := new(GovernanceGovernorInvalidSignature)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidVoteParams represents a GovernorInvalidVoteParams error raised by the Governance contract.
type GovernanceGovernorInvalidVoteParams struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVoteParams()
func GovernanceGovernorInvalidVoteParamsErrorID() common.Hash {
	return common.HexToHash("0x867db7717d0cc803be5726127d33cc17ae07776705d8ba6659af8aaa5b418dd8")
}

// UnpackGovernorInvalidVoteParamsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVoteParams()
func (governance *Governance) UnpackGovernorInvalidVoteParamsError(raw []byte) (*GovernanceGovernorInvalidVoteParams, error) {
	out := new(GovernanceGovernorInvalidVoteParams)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidVoteParams", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidVoteType represents a GovernorInvalidVoteType error raised by the Governance contract.
type GovernanceGovernorInvalidVoteType struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVoteType()
func GovernanceGovernorInvalidVoteTypeErrorID() common.Hash {
	return common.HexToHash("0x06b337c26289d63178b4d4ed5fd513f38a1d8832d0edd309ef07bfc9ba5caf49")
}

// UnpackGovernorInvalidVoteTypeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVoteType()
func (governance *Governance) UnpackGovernorInvalidVoteTypeError(raw []byte) (*GovernanceGovernorInvalidVoteType, error) {
	out := new(GovernanceGovernorInvalidVoteType)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidVoteType", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorInvalidVotingPeriod represents a GovernorInvalidVotingPeriod error raised by the Governance contract.
type GovernanceGovernorInvalidVotingPeriod struct {
	VotingPeriod *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorInvalidVotingPeriod(uint256 votingPeriod)
func GovernanceGovernorInvalidVotingPeriodErrorID() common.Hash {
	return common.HexToHash("0xf1cfbf057db43f9730bc42a52728d66da9151a5c6929758ee824e299f82f5689")
}

// UnpackGovernorInvalidVotingPeriodError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorInvalidVotingPeriod(uint256 votingPeriod)
func (governance *Governance) UnpackGovernorInvalidVotingPeriodError(raw []byte) (*GovernanceGovernorInvalidVotingPeriod, error) {
	out := new(GovernanceGovernorInvalidVotingPeriod)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorInvalidVotingPeriod", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorNonexistentProposal represents a GovernorNonexistentProposal error raised by the Governance contract.
type GovernanceGovernorNonexistentProposal struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorNonexistentProposal(uint256 proposalId)
func GovernanceGovernorNonexistentProposalErrorID() common.Hash {
	return common.HexToHash("0x6ad06075316ea071ccae80931b756598be5aad3433b2c47b38607a8eec344a70")
}

// UnpackGovernorNonexistentProposalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorNonexistentProposal(uint256 proposalId)
func (governance *Governance) UnpackGovernorNonexistentProposalError(raw []byte) (*GovernanceGovernorNonexistentProposal, error) {
	out := new(GovernanceGovernorNonexistentProposal)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorNonexistentProposal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorNotQueuedProposal represents a GovernorNotQueuedProposal error raised by the Governance contract.
type GovernanceGovernorNotQueuedProposal struct {
	ProposalId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorNotQueuedProposal(uint256 proposalId)
func GovernanceGovernorNotQueuedProposalErrorID() common.Hash {
	return common.HexToHash("0xd5ddb8255ec3d5fb4ee2dd5d919eb1db6a2f1e4420bb74c3741830500cfb6a4f")
}

// UnpackGovernorNotQueuedProposalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorNotQueuedProposal(uint256 proposalId)
func (governance *Governance) UnpackGovernorNotQueuedProposalError(raw []byte) (*GovernanceGovernorNotQueuedProposal, error) {
	out := new(GovernanceGovernorNotQueuedProposal)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorNotQueuedProposal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorOnlyExecutor represents a GovernorOnlyExecutor error raised by the Governance contract.
type GovernanceGovernorOnlyExecutor struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorOnlyExecutor(address account)
func GovernanceGovernorOnlyExecutorErrorID() common.Hash {
	return common.HexToHash("0x47096e4749c231af946d5efc74a7fd817371e756031e98787f18bf70aaa7753c")
}

// UnpackGovernorOnlyExecutorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorOnlyExecutor(address account)
func (governance *Governance) UnpackGovernorOnlyExecutorError(raw []byte) (*GovernanceGovernorOnlyExecutor, error) {
	out := new(GovernanceGovernorOnlyExecutor)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorOnlyExecutor", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorQueueNotImplemented represents a GovernorQueueNotImplemented error raised by the Governance contract.
type GovernanceGovernorQueueNotImplemented struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorQueueNotImplemented()
func GovernanceGovernorQueueNotImplementedErrorID() common.Hash {
	return common.HexToHash("0x90884a46490684db0a73766419939e5ace793ae0f80195a286e159115c6628a0")
}

// UnpackGovernorQueueNotImplementedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorQueueNotImplemented()
func (governance *Governance) UnpackGovernorQueueNotImplementedError(raw []byte) (*GovernanceGovernorQueueNotImplemented, error) {
	out := new(GovernanceGovernorQueueNotImplemented)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorQueueNotImplemented", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorRestrictedProposer represents a GovernorRestrictedProposer error raised by the Governance contract.
type GovernanceGovernorRestrictedProposer struct {
	Proposer common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorRestrictedProposer(address proposer)
func GovernanceGovernorRestrictedProposerErrorID() common.Hash {
	return common.HexToHash("0xd9b395579c6f1566cc7608394c53136f366f7fa719d01a941bee075ef8c704f4")
}

// UnpackGovernorRestrictedProposerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorRestrictedProposer(address proposer)
func (governance *Governance) UnpackGovernorRestrictedProposerError(raw []byte) (*GovernanceGovernorRestrictedProposer, error) {
	out := new(GovernanceGovernorRestrictedProposer)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorRestrictedProposer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorUnableToCancel represents a GovernorUnableToCancel error raised by the Governance contract.
type GovernanceGovernorUnableToCancel struct {
	ProposalId *big.Int
	Account    common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorUnableToCancel(uint256 proposalId, address account)
func GovernanceGovernorUnableToCancelErrorID() common.Hash {
	return common.HexToHash("0x8fe5d8a9809b4b1a3569a8d98ce25e21fb956a89b6b9a2741d15bc699f46ef07")
}

// UnpackGovernorUnableToCancelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorUnableToCancel(uint256 proposalId, address account)
func (governance *Governance) UnpackGovernorUnableToCancelError(raw []byte) (*GovernanceGovernorUnableToCancel, error) {
	out := new(GovernanceGovernorUnableToCancel)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorUnableToCancel", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceGovernorUnexpectedProposalState represents a GovernorUnexpectedProposalState error raised by the Governance contract.
type GovernanceGovernorUnexpectedProposalState struct {
	ProposalId     *big.Int
	Current        uint8
	ExpectedStates [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)
func GovernanceGovernorUnexpectedProposalStateErrorID() common.Hash {
	return common.HexToHash("0x31b75e4d4f8317c390cf01cbc79dfe4f67ce2d27f65a099074fdc67f00f76908")
}

// UnpackGovernorUnexpectedProposalStateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)
func (governance *Governance) UnpackGovernorUnexpectedProposalStateError(raw []byte) (*GovernanceGovernorUnexpectedProposalState, error) {
	out := new(GovernanceGovernorUnexpectedProposalState)
	if err := governance.abi.UnpackIntoInterface(out, "GovernorUnexpectedProposalState", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceInvalidAccountNonce represents a InvalidAccountNonce error raised by the Governance contract.
type GovernanceInvalidAccountNonce struct {
	Account      common.Address
	CurrentNonce *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func GovernanceInvalidAccountNonceErrorID() common.Hash {
	return common.HexToHash("0x752d88c0de02638abf10e8e31861e4c68dc1f3a1e7d840e580683f2c282bfc7a")
}

// UnpackInvalidAccountNonceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidAccountNonce(address account, uint256 currentNonce)
func (governance *Governance) UnpackInvalidAccountNonceError(raw []byte) (*GovernanceInvalidAccountNonce, error) {
	out := new(GovernanceInvalidAccountNonce)
	if err := governance.abi.UnpackIntoInterface(out, "InvalidAccountNonce", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceInvalidShortString represents a InvalidShortString error raised by the Governance contract.
type GovernanceInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func GovernanceInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (governance *Governance) UnpackInvalidShortStringError(raw []byte) (*GovernanceInvalidShortString, error) {
	out := new(GovernanceInvalidShortString)
	if err := governance.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceSafeCastOverflowedUintDowncast represents a SafeCastOverflowedUintDowncast error raised by the Governance contract.
type GovernanceSafeCastOverflowedUintDowncast struct {
	Bits  uint8
	Value *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func GovernanceSafeCastOverflowedUintDowncastErrorID() common.Hash {
	return common.HexToHash("0x6dfcc6503a32754ce7a89698e18201fc5294fd4aad43edefee786f88423b1a12")
}

// UnpackSafeCastOverflowedUintDowncastError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)
func (governance *Governance) UnpackSafeCastOverflowedUintDowncastError(raw []byte) (*GovernanceSafeCastOverflowedUintDowncast, error) {
	out := new(GovernanceSafeCastOverflowedUintDowncast)
	if err := governance.abi.UnpackIntoInterface(out, "SafeCastOverflowedUintDowncast", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GovernanceStringTooLong represents a StringTooLong error raised by the Governance contract.
type GovernanceStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func GovernanceStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (governance *Governance) UnpackStringTooLongError(raw []byte) (*GovernanceStringTooLong, error) {
	out := new(GovernanceStringTooLong)
	if err := governance.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}
