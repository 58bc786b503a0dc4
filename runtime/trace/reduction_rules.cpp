// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Operations that combine positions: pooling, means and sums, resizing, padding. They keep channels as long as they do not mix them.

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/trace/propagation.h"

namespace prunec {

namespace {

ValueId input_of(const Operation& operation) {
  return operation.tensors().front();
}

/// Pooling and resizing work on the axes behind the channels.
void spatial(Propagation& propagation, const Operation& operation) {
  const ChannelMap in = propagation.map(input_of(operation));
  if (!in.defined()) return propagation.pin_inputs(operation, "says where " + quoted(operation) + " looks");
  const auto& shape = propagation.value(operation.results[0]).shape;
  // A pooling that gives back one result per kernel axis tells how many axes it works on.
  const std::int64_t channel_axis = shape.size() >= 4 ? 1 : static_cast<std::int64_t>(shape.size()) - 2;
  const auto axes = channel_axes(in);
  if (std::any_of(axes.begin(), axes.end(), [&](std::int64_t axis) { return axis > std::max<std::int64_t>(channel_axis, 0); })) {
    return propagation.pin_inputs(operation, "is mixed with other channels by " + quoted(operation));
  }
  for (const ValueId result : operation.results) propagation.set(result, in);
}

/// What a reduction does to zeros, and what zeros do to it.
enum class Reduction {
  kSum,   ///< zeros may be left out, and give a zero
  kMean,  ///< the number of elements counts
  kLost,  ///< zeros give something else
};

/// Channels on an axis that is summed up. Those at one place of the other axes go together; without such axes nothing of them is left.
ChannelMap reduced(Propagation& propagation, const Operation& operation, const ChannelMap& map, std::int64_t axis) {
  const bool others = channel_axes(map).size() > 1;
  if (!others) return {};
  const ChannelMap rows = map.transpose(0, axis);
  for (std::int64_t row = 1; row < rows.size(0); ++row) {
    propagation.couple(ids_of(rows[0]), ids_of(rows[row]), "summed up by " + quoted(operation), operation);
  }
  const bool zero = (map % 2 != 0).all().item<bool>();
  return with_zero(map.narrow(axis, 0, 1), zero);
}

void reduce(Propagation& propagation, const Operation& operation, Reduction kind) {
  const ValueId input = input_of(operation);
  const auto rank = static_cast<std::int64_t>(propagation.value(input).shape.size());
  std::vector<std::int64_t> axes = operation.integers("dim");
  std::vector<bool> away(static_cast<std::size_t>(rank), axes.empty());
  for (const std::int64_t axis : axes) away[static_cast<std::size_t>(wrap(axis, rank))] = true;
  ChannelMap out = propagation.map(input);
  for (std::int64_t axis = rank - 1; axis >= 0; --axis) {
    if (!away[static_cast<std::size_t>(axis)]) continue;
    if (out.size(axis) > 1) {
      const bool alone = channel_axes(out).size() == 1;
      if (kind == Reduction::kLost || (kind == Reduction::kMean && alone)) {
        return propagation.pin_inputs(operation, "is mixed with other channels by " + quoted(operation));
      }
      if (alone) propagation.require_zero(out, operation);
      out = reduced(propagation, operation, out, axis);
      if (!out.defined()) return;
    }
    if (!operation.flag("keepdim")) out = out.squeeze(axis);
  }
  if (kind == Reduction::kLost) out = with_zero(out, false);
  for (const ValueId result : operation.results) propagation.set(result, out);
}

void mean(Propagation& propagation, const Operation& operation) {
  reduce(propagation, operation, Reduction::kMean);
}

void sum(Propagation& propagation, const Operation& operation) {
  reduce(propagation, operation, Reduction::kSum);
}

/// The largest, the spread: of zeros alone it is zero, but among others zeros count.
void extreme(Propagation& propagation, const Operation& operation) {
  if (operation.tensors().size() > 1) return propagation.pin_inputs(operation, "is compared with another tensor by " + quoted(operation));
  const ChannelMap in = propagation.map(input_of(operation));
  reduce(propagation, operation, Reduction::kLost);
  const bool zero = (in % 2 != 0).all().item<bool>();
  for (const ValueId result : operation.results) {
    if (zero && propagation.map(result).defined()) propagation.set(result, with_zero(propagation.map(result), true));
  }
}

/// The length of a vector, with the exponent as a sum of powers has it.
void length(Propagation& propagation, const Operation& operation) {
  const char* name = operation.find("ord") ? "ord" : "p";
  const ArgumentValue* value = operation.find(name);
  const auto* real = value ? std::get_if<double>(value) : nullptr;
  const double exponent = real ? *real : static_cast<double>(operation.integer(name).value_or(2));
  reduce(propagation, operation, exponent > 0 ? Reduction::kSum : Reduction::kLost);
}

void lost(Propagation& propagation, const Operation& operation) {
  reduce(propagation, operation, Reduction::kLost);
}

void softmax(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::int64_t axis = wrap(operation.integer("dim").value_or(-1), in.dim());
  if (in.size(axis) > 1) return propagation.pin_inputs(operation, "is mixed with other channels by " + quoted(operation));
  propagation.set(operation.results[0], with_zero(in, false));
}

/// True when nothing is padded but the axis of the channels.
bool only_along(const std::vector<std::int64_t>& sizes, std::int64_t along, std::int64_t rank) {
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] != 0 && rank - 1 - static_cast<std::int64_t>(i / 2) != along) return false;
  }
  return true;
}

void pad(Propagation& propagation, const Operation& operation) {
  const ChannelMap& in = propagation.map(input_of(operation));
  const std::vector<std::int64_t> sizes = operation.integers(operation.find("padding") ? "padding" : "pad");
  const ArgumentValue* mode = operation.find("mode");
  const auto* mode_name = mode ? std::get_if<std::string>(mode) : nullptr;
  const bool constant = operation.name == "aten::constant_pad_nd" || (mode_name && *mode_name == "constant");
  std::vector<at::Tensor> parts{in};
  std::int64_t along = -1;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::int64_t axis = in.dim() - 1 - static_cast<std::int64_t>(i / 2);
    if (sizes[i] == 0 || in.size(axis) == 1) continue;
    if (!constant || sizes[i] < 0 || (along >= 0 && along != axis))
      return propagation.pin_inputs(operation, "is padded along the channels by " + quoted(operation));
    along = axis;
    // Fixed numbers beside the channels: no channels, and so nothing that could go.
    std::vector<std::int64_t> shape = in.sizes().vec();
    shape[static_cast<std::size_t>(axis)] = sizes[i];
    parts.insert(i % 2 == 0 ? parts.begin() : parts.end(), at::full(shape, -1, at::kLong));
  }
  const ChannelMap padded = along < 0 ? in : at::cat(parts, along);
  const ArgumentValue* value = operation.find("value");
  const double* number = value ? std::get_if<double>(value) : nullptr;
  const bool adds_zeros = operation.integer("value").value_or(0) == 0 && (!number || *number == 0);
  propagation.set(operation.results[0], adds_zeros || only_along(sizes, along, in.dim()) ? padded : with_zero(padded, false));
}

}  // namespace

void add_reduction_rules(RuleTable& table) {
  for (const char* name : {"aten::max_pool1d",
                           "aten::max_pool2d",
                           "aten::max_pool3d",
                           "aten::avg_pool1d",
                           "aten::avg_pool2d",
                           "aten::avg_pool3d",
                           "aten::adaptive_avg_pool1d",
                           "aten::adaptive_avg_pool2d",
                           "aten::adaptive_avg_pool3d",
                           "aten::adaptive_max_pool2d",
                           "aten::lp_pool2d",
                           "aten::upsample_nearest2d",
                           "aten::upsample_bilinear2d",
                           "aten::upsample_bicubic2d",
                           "aten::max_pool2d_with_indices",
                           "aten::adaptive_max_pool1d",
                           "aten::adaptive_max_pool3d",
                           "aten::max_pool1d_with_indices",
                           "aten::max_pool3d_with_indices",
                           "aten::upsample_nearest1d",
                           "aten::upsample_nearest3d",
                           "aten::upsample_linear1d",
                           "aten::upsample_trilinear3d",
                           "aten::_upsample_nearest_exact2d",
                           "aten::_upsample_bilinear2d_aa",
                           "aten::_upsample_bicubic2d_aa",
                           "torchvision::roi_align"}) {
    table[name] = spatial;
  }
  table["aten::mean"] = mean;
  table["aten::sum"] = sum;
  for (const char* name : {"aten::amax", "aten::amin", "aten::max", "aten::min", "aten::var", "aten::std"}) table[name] = extreme;
  for (const char* name : {"aten::norm", "aten::linalg_vector_norm"}) table[name] = length;
  for (const char* name : {"aten::logsumexp", "aten::prod", "aten::argmax", "aten::argmin"}) table[name] = lost;
  for (const char* name : {"aten::softmax", "aten::log_softmax"}) table[name] = softmax;
  for (const char* name : {"aten::pad", "aten::constant_pad_nd", "aten::reflection_pad1d", "aten::reflection_pad2d",
                           "aten::reflection_pad3d", "aten::replication_pad1d", "aten::replication_pad2d", "aten::replication_pad3d"})
    table[name] = pad;
}

}  // namespace prunec
