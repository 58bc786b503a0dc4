// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/width_edits.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>

#include "runtime/slice/kept.h"

namespace prunec {

namespace {

std::string text_of(const std::vector<std::int64_t>& sizes) {
  std::string text;
  for (const std::int64_t size : sizes) {
    if (!text.empty()) text += " + ";
    text += std::to_string(size);
  }
  return text;
}

Diagnostic refused(const CodePlace& place, std::string message, std::string note) {
  Diagnostic diagnostic{Code::kP0706, std::move(message), LayerPlace{place.module}};
  diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.notes.push_back({{}, "the operation is " + to_string(place)});
  diagnostic.help = "keep the channels around it with `skip`, or tie the layers so that they lose equally many";
  return diagnostic;
}

Diagnostic contradictory(const CodePlace& place, const std::string& operation, const std::string& one, const std::string& other) {
  return refused(place, "one `" + operation + "` of the model's code would have to work with two widths",
                 "it runs more than once, and would need " + one + " in one run and " + other + " in another");
}

/// The parts that `chunk` makes of so many channels.
std::vector<std::int64_t> chunk_sizes(std::int64_t total, std::int64_t chunks) {
  const std::int64_t size = (total + chunks - 1) / std::max<std::int64_t>(chunks, 1);
  std::vector<std::int64_t> sizes;
  for (std::int64_t left = total; left > 0; left -= size) sizes.push_back(std::min(left, size));
  return sizes;
}

class WidthPlanner {
 public:
  WidthPlanner(const ChannelGraph& graph, const std::vector<bool>& removed, Edits& edits)
      : graph_(graph), removed_(removed), edits_(edits) {}

  Diagnostics run() {
    for (const Shuffle& shuffle : graph_.shuffles) {
      if (shuffle.selected) select(shuffle);
    }
    for (const ConcatRead& read : graph_.reads) {
      if (read.selected) select(read);
    }
    for (const WidthArgument& width : graph_.widths) {
      if (!replaced_.contains(width.place)) write(width);
    }
    for (const WidthSplit& split : graph_.splits) divide(split);
    drop_unchanged();
    return std::move(diagnostics_);
  }

 private:
  std::int64_t staying(const std::vector<ChannelId>& ids) const { return static_cast<std::int64_t>(kept_positions(ids, removed_).size()); }

  void select(const Shuffle& shuffle) {
    replaced_.insert(shuffle.first);
    replaced_.insert(shuffle.last);
    std::map<ChannelId, std::int64_t> number;
    for (const ChannelId id : shuffle.inputs) {
      if (stays(id, removed_)) number.emplace(id, static_cast<std::int64_t>(number.size()));
    }
    IndexSelection selection{shuffle.first, shuffle.last, shuffle.axis, {}};
    for (const ChannelId id : shuffle.outputs) {
      if (stays(id, removed_)) selection.index.push_back(number.at(id));
    }
    const auto [known, is_new] = selections_.try_emplace(shuffle.first, selection);
    if (is_new) {
      edits_.selections.push_back(std::move(selection));
    } else if (known->second != selection) {
      diagnostics_.push_back(contradictory(shuffle.first, "channel shuffle", "one order", "another"));
    }
  }

  void select(const ConcatRead& read) {
    InputSelection selection{read.place, read.operation, kept_positions(read.outputs, removed_)};
    const bool all = selection.index.size() == read.outputs.size();
    const auto [known, is_new] = inputs_.try_emplace(read.place, selection);
    if (!is_new && known->second != selection) {
      diagnostics_.push_back(contradictory(read.place, read.operation, "some channels", "others"));
    } else if (is_new && !all) {
      edits_.inputs.push_back(std::move(selection));
    }
  }

  void write(const WidthArgument& width) {
    const std::int64_t sign = width.from_end ? -1 : 1, before = sign * static_cast<std::int64_t>(width.ids.size());
    const ArgumentEdit edit{width.place, width.operation, width.argument, width.element, before, sign * staying(width.ids)};
    if (width.from_end && edit.after == 0) {  // 0 counts from the beginning
      diagnostics_.push_back(refused(width.place, "what `" + width.operation + "` counts from the end would all go",
                                     "`" + width.argument + "` is " + std::to_string(before)));
      return;
    }
    if (static_cast<std::size_t>(staying(width.computed_of)) < width.computed_of.size())
      must_write_.insert({width.place, width.argument, width.element});
    const auto [known, is_new] = arguments_.try_emplace({width.place, width.argument, width.element}, edit);
    if (is_new || known->second == edit) return;
    // A loop may use one number after the other, as long as none of them has to change.
    const auto changes = [](const ArgumentEdit& e) { return e.before != e.after; };
    if (!changes(edit) && !changes(known->second)) return;
    diagnostics_.push_back(contradictory(width.place, width.operation, std::to_string(known->second.after), std::to_string(edit.after)));
  }

  void divide(const WidthSplit& split) {
    SplitEdit edit{split.place, split.operation, {}, {}};
    for (const auto& part : split.parts) {
      edit.before.push_back(static_cast<std::int64_t>(part.size()));
      edit.after.push_back(staying(part));
    }
    if (split.chunks > 0 &&
        edit.after == chunk_sizes(std::accumulate(edit.after.begin(), edit.after.end(), std::int64_t{0}), split.chunks)) {
      edit.after = edit.before;  // it makes these parts by itself
    } else if (edit.after != edit.before && std::find(edit.after.begin(), edit.after.end(), 0) != edit.after.end()) {
      diagnostics_.push_back(refused(split.place, "a part that `" + split.operation + "` takes of the channels would be left empty",
                                     "its parts of " + text_of(edit.before) + " channels would come to be " + text_of(edit.after)));
      return;
    }
    const auto [known, is_new] = splits_.try_emplace(split.place, edit);
    if (is_new || known->second == edit) return;
    const auto changes = [](const SplitEdit& e) { return e.before != e.after; };
    if (!changes(edit) && !changes(known->second)) return;
    diagnostics_.push_back(contradictory(split.place, split.operation, text_of(known->second.after), text_of(edit.after)));
  }

  void drop_unchanged() {
    for (auto& [key, edit] : arguments_) {
      if (edit.before != edit.after || must_write_.contains(key)) edits_.arguments.push_back(std::move(edit));
    }
    for (auto& [key, edit] : splits_) {
      if (edit.before != edit.after) edits_.splits.push_back(std::move(edit));
    }
  }

  const ChannelGraph& graph_;
  const std::vector<bool>& removed_;
  Edits& edits_;
  Diagnostics diagnostics_;
  std::set<CodePlace> replaced_;
  std::map<CodePlace, IndexSelection> selections_;
  std::map<CodePlace, InputSelection> inputs_;
  using Argument = std::tuple<CodePlace, std::string, std::int64_t>;
  std::map<Argument, ArgumentEdit> arguments_;
  std::set<Argument> must_write_;  ///< numbers that the model would compute anew
  std::map<CodePlace, SplitEdit> splits_;
};

}  // namespace

Diagnostics plan_widths(const ChannelGraph& graph, const std::vector<bool>& removed, Edits& edits) {
  return WidthPlanner(graph, removed, edits).run();
}

}  // namespace prunec
