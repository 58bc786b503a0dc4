// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The channels of a model and what holds them together, read off one run. Plain data; every later step works on it alone.
///
/// A channel id names one channel that some layer makes. Removing a channel means that its scale and shift are zero at every norm of its
/// coupled class, and that its slice is cut from every parameter axis on which its id lies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/model/code_place.h"

namespace prunec {

using ChannelId = std::uint32_t;
/// On a parameter axis: a position that belongs to no channel, such as a weight column that reads the model's input.
inline constexpr ChannelId kNoChannel = static_cast<ChannelId>(-1);

/// The channel at each position of one axis of a parameter or buffer. After a flatten one id lies at several positions.
struct ParameterAxis {
  std::string tensor;  ///< state_dict key
  std::int64_t axis = 0;
  std::vector<ChannelId> ids;

  friend bool operator==(const ParameterAxis&, const ParameterAxis&) = default;
};

/// A layer that can mask channels: a normalisation layer by its scale and shift, or, where no norm follows, the layer that makes them by
/// its filters and biases.
struct NormSite {
  std::string path;   ///< module path
  std::string kind;   ///< "batch_norm", "frozen_batch_norm" or kBareLayer
  std::string scale;  ///< state_dict key of gamma; of a bare layer, of its weight, whose axis 0 holds the channels
  std::string shift;  ///< state_dict key of beta or of the bias; empty: none
  std::vector<ChannelId> ids;

  /// Its own |gamma| can be scored.
  bool has_scale() const { return kind != kBareLayer; }
  static constexpr const char* kBareLayer = "layer";

  friend bool operator==(const NormSite&, const NormSite&) = default;
};

/// Channels that one operation makes equal: all of them go or none.
struct Coupling {
  std::string what;   ///< "added by `aten::add_`"
  std::string layer;  ///< path of the module that runs it
  std::vector<std::pair<ChannelId, ChannelId>> pairs;

  friend bool operator==(const Coupling&, const Coupling&) = default;
};

/// Channels that cannot be removed.
struct Pin {
  std::string reason;  ///< a clause: "reaches the model's output"
  std::string layer;
  std::vector<ChannelId> ids;

  friend bool operator==(const Pin&, const Pin&) = default;
};

/// What a layer costs: `positions` multiply-accumulates per element of its weight, for one input.
struct LayerCost {
  std::string weight;  ///< state_dict key
  std::int64_t positions = 0;

  friend bool operator==(const LayerCost&, const LayerCost&) = default;
};

/// A convolution with one group per input channel; its number of groups follows the channels.
struct DepthwiseLayer {
  std::string path;  ///< module path
  std::vector<ChannelId> ids;

  friend bool operator==(const DepthwiseLayer&, const DepthwiseLayer&) = default;
};

/// A convolution in groups: each group reads its own share of the inputs and makes its own share of the outputs, both in order and of
/// equal size. Exact cuts leave every group as many of either as the others, or take whole groups out, inputs and outputs together.
/// Depthwise convolutions, whose groups are single channels, are among `depthwise` instead.
struct GroupedConvolution {
  std::string path;    ///< module path
  std::string weight;  ///< state_dict key; its axis 0 spans all groups, its axis 1 only one
  std::int64_t groups = 0;
  std::vector<ChannelId> inputs;   ///< position p belongs to group p / (inputs.size() / groups)
  std::vector<ChannelId> outputs;  ///< position p belongs to group p / (outputs.size() / groups)
  bool transposed = false;         ///< axis 0 of the weight spans all inputs, axis 1 the outputs of one group; else the other way round

  friend bool operator==(const GroupedConvolution&, const GroupedConvolution&) = default;
};

/// A number given to an operation, in the model's code or computed, that has to be as large as there are channels in `ids`. When some go,
/// a smaller number has to be written there.
struct WidthArgument {
  CodePlace place;
  std::string operation;       ///< "aten::view"
  std::string argument;        ///< as in the operator's schema
  std::int64_t element = -1;   ///< of an argument that is a list; -1: the argument is the number
  std::vector<ChannelId> ids;  ///< as many as the number says; kNoChannel for what always stays
  bool from_end = false;       ///< it is negative, and counts from the end
  /// For a number that the run computed, all channels that it may have been computed of: when one of them goes, the number has to be
  /// written even if it stays the same. Empty for one that is written in the code.
  std::vector<ChannelId> computed_of = {};

  friend bool operator==(const WidthArgument&, const WidthArgument&) = default;
};

/// An operation that cuts the channels into parts, such as `chunk`. Where the parts that stay are not those that it would make by itself,
/// their sizes have to be written there.
struct WidthSplit {
  CodePlace place;
  std::string operation;
  std::int64_t chunks = 0;  ///< parts of equal size that it makes of whatever comes; 0: it is given their sizes
  std::vector<std::vector<ChannelId>> parts;

  friend bool operator==(const WidthSplit&, const WidthSplit&) = default;
};

/// A channel shuffle: the channels are taken apart into blocks of equal size, which are then interleaved. It works on what stays as long
/// as every block keeps the same places, which couplings of the graph say (`keep_couplings`). Or else it is replaced by a selection of the
/// channels by number, and asks nothing of them (`select_shuffles`).
struct Shuffle {
  CodePlace first;  ///< the operation that takes them apart
  CodePlace last;   ///< the one that puts them together again
  std::string layer;
  std::int64_t groups = 0;
  std::int64_t axis = 0;
  std::vector<ChannelId> inputs;
  std::vector<ChannelId> outputs;  ///< the same in another order
  bool selected = false;           ///< replaced by a selection

  friend bool operator==(const Shuffle&, const Shuffle&) = default;
};

/// A norm that reads a concatenation. Its channels are those that it reads, position by position, which a coupling of the graph says
/// (`keep_couplings`). Or else it selects some of what it reads by number, and its channels are its own (`select_reads`).
struct ConcatRead {
  CodePlace place;        ///< of the norm's operation
  std::string operation;  ///< "aten::batch_norm"
  std::string layer;      ///< module path of the norm
  std::vector<ChannelId> inputs;
  std::vector<ChannelId> outputs;
  bool selected = false;  ///< a selection stands before the norm

  friend bool operator==(const ConcatRead&, const ConcatRead&) = default;
};

/// A module whose result is channels that a concatenation takes up, by itself or through other such modules, and nothing else reads. When
/// all of them go, the module can go too: the concatenation is shorter by that part. Of modules inside one another only the outermost.
struct Branch {
  std::string path;  ///< module path
  std::vector<ChannelId> outputs;
  std::vector<std::string> next;  ///< paths of the branches that read it; empty: a concatenation does

  friend bool operator==(const Branch&, const Branch&) = default;
};

struct ChannelGraph {
  std::size_t channel_count = 0;  ///< ids are 0 to channel_count - 1
  std::vector<ParameterAxis> axes;
  std::vector<NormSite> norms;  ///< in execution order, each once
  std::vector<Coupling> couplings;
  std::vector<Pin> pins;
  std::vector<LayerCost> costs;
  std::vector<DepthwiseLayer> depthwise;
  std::vector<GroupedConvolution> grouped;
  std::vector<WidthArgument> widths;
  std::vector<WidthSplit> splits;
  std::vector<Shuffle> shuffles;
  std::vector<ConcatRead> reads;
  std::vector<Branch> branches;  ///< in the order in which they end

  friend bool operator==(const ChannelGraph&, const ChannelGraph&) = default;
};

}  // namespace prunec
