// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/inspect_table.h"

#include <algorithm>

#include "compiler/cli/columns.h"

namespace prunec::cli {
namespace {

constexpr std::size_t kBarWidth = 32;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string counted(std::size_t number, const std::string& what) {
  return grouped(static_cast<std::int64_t>(number)) + " " + what + (number == 1 ? "" : "s");
}

/// The model's own module has no path.
std::string named(const std::string& path) {
  return path.empty() ? "(the model)" : path;
}

std::string or_dash(std::int64_t value) {
  return value == 0 ? "-" : grouped(value);
}

template <typename Rows>
std::size_t widest_path(const Rows& rows) {
  std::size_t width = 5;
  for (const auto& row : rows) width = std::max(width, named(row.path).size());
  return width;
}

void print_head(std::ostream& out, const Inspection& inspection) {
  std::string shape;
  for (const std::int64_t extent : inspection.facts.input) shape += (shape.empty() ? "" : "x") + std::to_string(extent);
  out << inspection.facts.model_path << ": " << inspection.facts.model_format << ", " << grouped(inspection.parameters) << " parameters, "
      << grouped(inspection.macs) << " MACs on an input of " << shape << "\n\n";
}

void print_layers(std::ostream& out, const std::vector<LayerRow>& layers) {
  std::size_t kind_width = 4;
  for (const LayerRow& layer : layers) kind_width = std::max(kind_width, layer.kind.size());
  const std::size_t path_width = widest_path(layers);
  out << padded_right("layer", path_width) << "  " << padded_right("kind", kind_width) << padded_left("in", 8) << padded_left("out", 8)
      << padded_left("parameters", 14) << padded_left("MACs", 17) << "\n";
  for (const LayerRow& layer : layers) {
    out << padded_right(named(layer.path), path_width) << "  " << padded_right(layer.kind, kind_width)
        << padded_left(or_dash(layer.inputs), 8) << padded_left(or_dash(layer.outputs), 8) << padded_left(grouped(layer.parameters), 14)
        << padded_left(or_dash(layer.macs), 17) << "\n";
  }
}

void print_norms(std::ostream& out, const std::vector<NormScales>& norms) {
  if (norms.empty()) return;
  double largest = 0;
  for (const NormScales& norm : norms) largest = std::max(largest, norm.quantiles.back());
  const std::size_t path_width = widest_path(norms);
  out << "\n|gamma| of each norm, least, median and largest; on a scale from 0 to " << formatted("%.3g", largest)
      << ": - all, = the middle half, | the median\n";
  for (const NormScales& norm : norms) {
    out << padded_right(norm.path, path_width);
    for (const std::size_t at : {0, 2, 4}) out << padded_left(formatted("%.3g", norm.quantiles[at]), 10);
    out << "  [" << bar(norm.quantiles, largest, kBarWidth) << "]";
    if (norm.not_finite > 0) out << "  " << counted(norm.not_finite, "scale") << " not finite";
    out << "\n";
  }
}

void print_set(std::ostream& out, const SetRow& set) {
  for (const UnionReason& reason : set.reasons) {
    out << "    " << reason.text << (reason.layer.empty() ? "" : " at ") << reason.layer;
    if (reason.channels != set.width) out << " (" << counted(reason.channels, "channel") << ")";
    out << "\n";
  }
  if (!set.pinned.empty()) out << "    pinned: " << set.pinned << (set.pinned_at.empty() ? "" : ", at " + set.pinned_at) << "\n";
}

void print_sets(std::ostream& out, const std::vector<SetRow>& sets) {
  if (sets.empty()) return;
  out << "\ncoupled sets: channels that stay together or go together, and what holds them\n";
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const SetRow& set = sets[s];
    out << "  set " << s << ": " << counted(set.width, "channel") << " of " << joined(set.norms);
    if (!set.makers.empty()) out << "; made by " << joined(set.makers);
    out << "\n";
    print_set(out, set);
  }
}

void print_pins(std::ostream& out, const std::vector<PinRow>& pins) {
  if (pins.empty()) return;
  out << "\npins: channels that cannot be removed\n";
  for (const PinRow& pin : pins) {
    out << "  " << counted(pin.channels, "channel") << (pin.layer.empty() ? "" : " at " + pin.layer) << ": "
        << (pin.channels == 1 ? "" : "each ") << pin.reason << "\n";
  }
}

void print_unknown(std::ostream& out, const std::vector<UnknownOperation>& unknown) {
  if (unknown.empty()) return;
  out << "\noperations without a rule: what reaches them is pinned\n";
  for (const UnknownOperation& operation : unknown) {
    out << "  " << operation.name << ", executed " << (operation.count == 1 ? "once" : counted(operation.count, "time")) << ", pins "
        << counted(operation.channels, "channel") << "\n";
  }
}

void print_limit(std::ostream& out, const Inspection& inspection) {
  if (inspection.norm_channels == 0) {
    const bool by_filters = !inspection.facts.graph.norms.empty();
    out << "\nthe model has no norm whose scales could be measured: "
        << (by_filters ? "its layers can be ranked by their filters, with `score weight l2`; `prunec infer` drafts such rules\n"
                       : "nothing can be pruned\n");
    return;
  }
  out << "\nat most " << grouped(static_cast<std::int64_t>(inspection.removable_channels)) << " of "
      << grouped(static_cast<std::int64_t>(inspection.norm_channels)) << " norm channels could go ("
      << formatted("%.1f%%", 100 * static_cast<double>(inspection.removable_channels) / static_cast<double>(inspection.norm_channels))
      << "): all but one of every set that is not pinned\n";
}

}  // namespace

std::string bar(const std::array<double, 5>& quantiles, double largest, std::size_t width) {
  std::string text(width, ' ');
  const auto at = [&](double value) {
    const double share = largest > 0 ? value / largest : 0;
    return std::min(width - 1, static_cast<std::size_t>(share * static_cast<double>(width)));
  };
  for (std::size_t i = at(quantiles[0]); i <= at(quantiles[4]); ++i) text[i] = '-';
  for (std::size_t i = at(quantiles[1]); i <= at(quantiles[3]); ++i) text[i] = '=';
  text[at(quantiles[2])] = '|';
  return text;
}

void print_inspection(std::ostream& out, const Inspection& inspection) {
  print_head(out, inspection);
  print_layers(out, inspection.layers);
  print_norms(out, inspection.norms);
  print_sets(out, inspection.sets);
  print_pins(out, inspection.pins);
  print_unknown(out, inspection.unknown);
  print_limit(out, inspection);
}

}  // namespace prunec::cli
