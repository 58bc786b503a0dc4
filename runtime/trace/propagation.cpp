// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/propagation.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "runtime/trace/selections.h"

namespace prunec {

Propagation::Propagation(const OpTrace& trace, const std::unordered_set<std::string>& bare)
    : trace_(trace), bare_(bare), maps_(trace.values.size()), uses_(trace.values.size(), 0) {
  for (const Operation& operation : trace.operations) {
    for (const ValueId id : operation.tensors()) ++uses_[id];
  }
  for (const ValueId id : trace.outputs) ++uses_[id];
}

void Propagation::follow_concatenation(const Operation& operation) {
  if (operation.results.size() != 1 || !map(operation.results[0]).defined()) return;
  const ChannelMap& result = map(operation.results[0]);
  if (operation.name == "aten::cat" || operation.name == "aten::concat") {
    const std::int64_t axis = wrap(operation.integer("dim").value_or(0), result.dim());
    if (lies_along(result, axis) && result.size(axis) > 1) concatenations_.insert(operation.results[0]);
    return;
  }
  const bool selects = operation.name == "aten::index_select";  // as a norm does that was pruned before
  const auto passes_on = [&](ValueId id) { return is_concatenation(id) && (selects || at::equal(map(id).flatten(), result.flatten())); };
  const std::vector<ValueId> inputs = operation.tensors();
  if (std::any_of(inputs.begin(), inputs.end(), passes_on)) concatenations_.insert(operation.results[0]);
}

const TakenApart* Propagation::taken_apart(ValueId id) const {
  const auto it = apart_.find(id);
  return it == apart_.end() ? nullptr : &it->second;
}

std::vector<ChannelId> Propagation::new_channels(std::int64_t count) {
  std::vector<ChannelId> ids(static_cast<std::size_t>(count));
  for (ChannelId& id : ids) id = static_cast<ChannelId>(graph_.channel_count++);
  return ids;
}

void Propagation::place(ValueId parameter, std::int64_t axis, const std::vector<ChannelId>& ids, const Operation& operation) {
  const std::string& tensor = value(parameter).name;
  if (fixed_axes_.contains({tensor, axis})) pin(ids, "shares `" + tensor + "` with a layer that reads no channels", operation);
  const auto [entry, is_new] = axes_.try_emplace({tensor, axis}, graph_.axes.size());
  if (is_new) {
    graph_.axes.push_back({tensor, axis, ids});
  } else {
    couple(graph_.axes[entry->second].ids, ids, "both using `" + tensor + "`", operation);
  }
}

void Propagation::place_fixed(ValueId parameter, std::int64_t axis, const Operation& operation) {
  const std::string& tensor = value(parameter).name;
  fixed_axes_.emplace(tensor, axis);
  const auto known = axes_.find({tensor, axis});
  if (known != axes_.end()) pin(graph_.axes[known->second].ids, "shares `" + tensor + "` with a layer that reads no channels", operation);
}

const std::vector<std::int64_t>& Propagation::content_shape(ValueId id) const {
  const auto it = contents_.find(id);
  return it == contents_.end() ? value(id).shape : it->second;
}

void Propagation::couple(const std::vector<ChannelId>& a, const std::vector<ChannelId>& b, std::string what, const Operation& operation) {
  Coupling coupling{std::move(what), operation.module_path, {}};
  std::vector<ChannelId> unmatched;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (a[i] == kNoChannel || b[i] == kNoChannel) {
      unmatched.push_back(a[i] == kNoChannel ? b[i] : a[i]);
    } else {
      coupling.pairs.emplace_back(a[i], b[i]);
    }
  }
  if (!unmatched.empty()) pin(std::move(unmatched), "is combined with a tensor of fixed width by " + quoted(operation), operation);
  if (!coupling.pairs.empty()) graph_.couplings.push_back(std::move(coupling));
}

void Propagation::pin(std::vector<ChannelId> ids, std::string reason, const Operation& operation) {
  std::erase(ids, kNoChannel);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (!ids.empty()) graph_.pins.push_back({std::move(reason), operation.module_path, std::move(ids)});
}

void Propagation::pin(const ChannelMap& map, std::string reason, const Operation& operation) {
  if (map.defined()) pin(ids_of(map), std::move(reason), operation);
}

void Propagation::pin_inputs(const Operation& operation, const std::string& reason) {
  for (const ValueId id : operation.tensors()) pin(map(id), reason, operation);
}

void Propagation::require_zero(const ChannelMap& map, const Operation& operation) {
  std::vector<ChannelId> ids = ids_of(map);
  const std::vector<bool> zeros = zeros_of(map);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (zeros[i]) ids[i] = kNoChannel;
  }
  pin(std::move(ids), "would not be zero after masking where " + quoted(operation) + " reads it", operation);
}

std::vector<ChannelId> Propagation::along(const ChannelMap& map, std::int64_t axis, const Operation& operation) {
  const ChannelMap rows = map.transpose(0, axis).reshape({map.size(axis), -1}).t();
  const std::vector<ChannelId> first = ids_of(rows[0]);
  for (std::int64_t row = 1; row < rows.size(0); ++row) {
    couple(first, ids_of(rows[row]), "on one line through " + quoted(operation), operation);
  }
  return first;
}

void Propagation::add_width(const Operation& operation, std::string argument, std::int64_t element, std::vector<ChannelId> ids,
                            bool from_end, std::vector<ChannelId> computed_of) {
  graph_.widths.push_back(
      {operation.place, operation.name, std::move(argument), element, std::move(ids), from_end, std::move(computed_of)});
}

void Propagation::add_couplings(std::vector<Coupling> couplings) {
  for (Coupling& coupling : couplings) graph_.couplings.push_back(std::move(coupling));
}

void Propagation::add_norm(NormSite norm) {
  if (norms_.insert(norm.scale).second) graph_.norms.push_back(std::move(norm));
}

std::vector<ChannelId> Propagation::read_concatenation(const std::string& norm, const std::vector<ChannelId>& ids,
                                                       const Operation& operation) {
  const std::vector<ChannelId> own = new_channels(static_cast<std::int64_t>(ids.size()));
  graph_.reads.push_back({operation.place, operation.name, norm, ids, own});
  add_couplings(keep_couplings(graph_.reads.back()));
  if (auto pin = keep_pin(graph_.reads.back())) graph_.pins.push_back(std::move(*pin));
  return own;
}

void Propagation::add_depthwise(DepthwiseLayer layer) {
  const bool known =
      std::any_of(graph_.depthwise.begin(), graph_.depthwise.end(), [&](const DepthwiseLayer& other) { return other.path == layer.path; });
  if (!known) graph_.depthwise.push_back(std::move(layer));
}

void Propagation::add_grouped(GroupedConvolution layer, const Operation& operation) {
  const auto known = std::find_if(graph_.grouped.begin(), graph_.grouped.end(),
                                  [&](const GroupedConvolution& other) { return other.weight == layer.weight; });
  if (known == graph_.grouped.end()) return graph_.grouped.push_back(std::move(layer));
  couple(known->inputs, layer.inputs, "both using `" + layer.weight + "`", operation);
  couple(known->outputs, layer.outputs, "both using `" + layer.weight + "`", operation);
}

/// An operation that also runs on tensors without channels, in a loop or a module called twice, has to do the same there as before.
void Propagation::add_other_runs() {
  using Written = std::tuple<CodePlace, std::string, std::int64_t>;
  std::map<Written, std::size_t> written;
  for (const WidthArgument& width : graph_.widths) ++written[{width.place, width.argument, width.element}];
  std::map<CodePlace, std::vector<const Operation*>> runs;
  for (const Operation& operation : trace_.operations) runs[operation.place].push_back(&operation);
  for (const auto& [argument, count] : written) {
    const auto& [place, name, element] = argument;
    const auto& all = runs[place];
    if (all.size() <= count) continue;
    // Which of the runs have no channels does not matter: those that have are compared among themselves.
    for (const Operation* run : all) {
      const std::vector<std::int64_t> numbers = run->integers(name);
      const auto at = static_cast<std::size_t>(std::max<std::int64_t>(element, 0));
      if (at >= numbers.size()) continue;
      const auto width = static_cast<std::size_t>(std::abs(numbers[at]));
      graph_.widths.push_back({place, run->name, name, element, std::vector<ChannelId>(width, kNoChannel), numbers[at] < 0});
    }
  }
  std::map<CodePlace, std::size_t> split;
  for (const WidthSplit& each : graph_.splits) ++split[each.place];
  for (const auto& [place, count] : split) {
    for (std::size_t i = count; i < runs[place].size(); ++i) {
      WidthSplit unchanged{place, runs[place][i]->name, 0, {}};
      for (const ValueId part : runs[place][i]->results) {
        const auto axis = wrap(runs[place][i]->integer("dim").value_or(0), static_cast<std::int64_t>(value(part).shape.size()));
        unchanged.parts.emplace_back(static_cast<std::size_t>(value(part).shape[static_cast<std::size_t>(axis)]), kNoChannel);
      }
      graph_.splits.push_back(std::move(unchanged));
    }
  }
}

ChannelGraph Propagation::take() {
  add_other_runs();
  return std::move(graph_);
}

void Propagation::pin_outputs() {
  const Operation output{"the output", "", {}, {}};
  for (const ValueId id : trace_.outputs) pin(map(id), "reaches the model's output", output);
}

}  // namespace prunec
