// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/group_edits.h"

#include <optional>
#include <string>

#include "runtime/slice/kept.h"

namespace prunec {

namespace {

/// How many inputs and outputs one group keeps.
struct GroupWidth {
  std::int64_t inputs = 0;
  std::int64_t outputs = 0;

  bool gone() const { return inputs == 0 && outputs == 0; }
  bool half_empty() const { return (inputs == 0) != (outputs == 0); }
  friend bool operator==(const GroupWidth&, const GroupWidth&) = default;
};

std::vector<GroupWidth> widths_of(const GroupedConvolution& layer, const std::vector<bool>& removed) {
  const auto groups = static_cast<std::size_t>(layer.groups);
  std::vector<GroupWidth> widths(groups);
  for (std::size_t p = 0; p < layer.inputs.size(); ++p) {
    if (stays(layer.inputs[p], removed)) ++widths[p / (layer.inputs.size() / groups)].inputs;
  }
  for (std::size_t p = 0; p < layer.outputs.size(); ++p) {
    if (stays(layer.outputs[p], removed)) ++widths[p / (layer.outputs.size() / groups)].outputs;
  }
  return widths;
}

std::string wording(std::size_t group, const GroupWidth& width) {
  return "group " + std::to_string(group) + " would keep " + std::to_string(width.inputs) + " inputs and " + std::to_string(width.outputs) +
         " outputs";
}

Diagnostic uneven(const GroupedConvolution& layer, std::vector<std::string> notes) {
  Diagnostic diagnostic{Code::kP0705,
                        "the channels to remove do not fit the " + std::to_string(layer.groups) + " groups of `" + layer.path + "`"};
  diagnostic.place = LayerPlace{layer.path};
  for (std::string& note : notes) diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.help = "leave the layer whole with `skip " + layer.path + "`, and report this: the groups should have been held together";
  return diagnostic;
}

}  // namespace

Diagnostics plan_groups(const GroupedConvolution& layer, const std::vector<bool>& removed, Edits& edits) {
  const std::vector<GroupWidth> widths = widths_of(layer, removed);
  std::optional<std::size_t> first;  // the first group that stays
  std::int64_t after = 0;
  for (std::size_t g = 0; g < widths.size(); ++g) {
    if (widths[g].half_empty()) return {uneven(layer, {wording(g, widths[g])})};
    if (widths[g].gone()) continue;
    if (!first) first = g;
    if (widths[g] != widths[*first]) return {uneven(layer, {wording(*first, widths[*first]), wording(g, widths[g])})};
    ++after;
  }
  if (!first) return {uneven(layer, {"no group would keep any channel"})};

  const std::vector<ChannelId>& across = layer.transposed ? layer.outputs : layer.inputs;
  const std::int64_t before_width = static_cast<std::int64_t>(across.size()) / layer.groups;
  const std::int64_t after_width = layer.transposed ? widths[*first].outputs : widths[*first].inputs;
  if (after_width < before_width) edits.tensors.push_back({layer.weight, 1, kept_positions(across, removed), layer.groups});
  if (after < layer.groups) edits.attributes.push_back({layer.path, "groups", layer.groups, after});
  return {};
}

}  // namespace prunec
