// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/layer_support.h"

namespace prunec {

std::optional<ValueId> parameter(const Propagation& propagation, const Operation& operation, std::string_view argument) {
  const auto id = operation.tensor(argument);
  return id && !propagation.value(*id).name.empty() ? id : std::nullopt;
}

void place_bias(Propagation& propagation, const Operation& operation, const std::vector<ChannelId>& ids) {
  if (!operation.tensor("bias")) return;
  if (const auto bias = parameter(propagation, operation, "bias")) {
    propagation.place(*bias, 0, ids, operation);
  } else {
    propagation.pin(ids, "has a bias that is computed while the model runs", operation);
    propagation.pin(propagation.map(*operation.tensor("bias")), "is a bias that is computed while the model runs", operation);
  }
}

namespace {

NormSite bare_layer(const Propagation& propagation, const Operation& operation, const std::string& weight,
                    const std::vector<ChannelId>& ids) {
  const auto bias = parameter(propagation, operation, "bias");
  return {owner_of(weight), NormSite::kBareLayer, weight, bias ? propagation.value(*bias).name : std::string(), ids};
}

}  // namespace

void dense(Propagation& propagation, const Operation& operation, const Geometry& at) {
  const ChannelMap& in = propagation.map(*operation.tensor("input"));
  const auto& weight = propagation.value(at.weight);
  if (in.defined() && lies_along(in, at.input_axis)) {
    propagation.require_zero(in, operation);
    std::vector<ChannelId> ids = ids_of(in);
    // A map of one entry stands for all positions of the axis: nothing that could be removed, unless the axis has just that one.
    if (static_cast<std::int64_t>(ids.size()) == weight.shape[static_cast<std::size_t>(at.weight_in)]) {
      propagation.place(at.weight, at.weight_in, ids, operation);
    } else {
      propagation.pin(in, "is repeated over several inputs of " + quoted(operation), operation);
      propagation.place_fixed(at.weight, at.weight_in, operation);
    }
  } else {
    propagation.pin(in, "lies on an axis that " + quoted(operation) + " does not sum over", operation);
    propagation.place_fixed(at.weight, at.weight_in, operation);
  }
  const ValueId result = operation.results[0];
  const auto out = propagation.new_channels(weight.shape[static_cast<std::size_t>(at.weight_out)]);
  propagation.place(at.weight, at.weight_out, out, operation);
  place_bias(propagation, operation, out);
  const bool bare = at.weight_out == 0 && propagation.is_bare(at.weight);
  if (bare) propagation.add_norm(bare_layer(propagation, operation, weight.name, out));
  const auto rank = static_cast<std::int64_t>(propagation.value(result).shape.size());
  propagation.set(result, make_map(out, bare, at.input_axis, rank));
}

std::int64_t product(const std::vector<std::int64_t>& shape, std::size_t first) {
  std::int64_t result = 1;
  for (std::size_t i = first; i < shape.size(); ++i) result *= shape[i];
  return result;
}

}  // namespace prunec
