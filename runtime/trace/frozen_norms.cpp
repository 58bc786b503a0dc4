// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/frozen_norms.h"

#include <unordered_set>

#include "runtime/trace/parameter_key.h"

namespace prunec {

namespace {

constexpr std::array<const char*, 4> kNames{"weight", "bias", "running_mean", "running_var"};

}  // namespace

FrozenNorms::FrozenNorms(const OpTrace& trace, Propagation& propagation) : propagation_(propagation) {
  std::unordered_set<ValueId> in_norms;  // read by an operator that is a norm by itself
  for (const Operation& operation : trace.operations) {
    if (operation.name.find("norm") == std::string::npos) continue;
    for (const ValueId id : operation.tensors()) in_norms.insert(id);
  }
  std::unordered_map<std::string, ValueId> values;
  for (ValueId id = 0; id < trace.values.size(); ++id) {
    const TensorValue& value = trace.values[id];
    if (!value.name.empty() && value.shape.size() == 1 && !in_norms.contains(id)) values.emplace(value.name, id);
  }
  for (const auto& [name, id] : values) {
    const std::string path = owner_of(name);
    if (name != path + ".running_var") continue;
    Tensors tensors{};
    bool whole = true;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const auto found = values.find(path + "." + kNames[i]);
      whole = whole && found != values.end() && trace.values[found->second].shape == trace.values[id].shape;
      if (found != values.end()) tensors[i] = found->second;
    }
    if (!whole) continue;
    norms_.emplace(path, tensors);
    for (const ValueId tensor : tensors) norm_of_value_.emplace(tensor, path);
  }
}

void FrozenNorms::reach(const Operation& operation) {
  for (const ValueId id : operation.tensors()) {
    const auto named = norm_of_value_.find(id);
    const auto norm = named == norm_of_value_.end() ? norms_.end() : norms_.find(named->second);
    if (norm == norms_.end()) continue;
    const auto& [path, tensors] = *norm;
    const std::vector<ChannelId> ids = propagation_.new_channels(propagation_.value(id).shape[0]);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const bool masked = i < 2;
      propagation_.set(tensors[i], make_map(ids, masked, 0, 1));
      propagation_.place(tensors[i], 0, ids, operation);
    }
    propagation_.add_norm({path, "frozen_batch_norm", propagation_.value(tensors[0]).name, propagation_.value(tensors[1]).name, ids});
    norms_.erase(norm);
  }
}

}  // namespace prunec
