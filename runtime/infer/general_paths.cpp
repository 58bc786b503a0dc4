// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/general_paths.h"

#include <algorithm>
#include <set>

#include "runtime/infer/module_tree.h"

namespace prunec::infer {

namespace {

/// From the outside in, a count is a stage, a block, a layer of it.
std::vector<std::string> slot_names(const std::vector<Slot>& slots) {
  std::set<std::size_t> with_inner;
  for (const Slot& slot : slots) with_inner.insert(slot.outer);
  std::vector<std::string> names(slots.size());
  for (std::size_t slot = 1; slot < slots.size(); ++slot) {
    std::set<std::string> taken;
    for (std::size_t outer = slots[slot].outer; outer != 0; outer = slots[outer].outer) taken.insert(names[outer]);
    const bool has_inner = with_inner.contains(slot);
    std::vector<std::string> wanted;
    if (taken.empty() && has_inner) wanted.emplace_back("stage");
    if (!has_inner && slots[slot].word.ends_with("layer")) wanted.emplace_back("layer");
    if (slots[slot].blocks) wanted.emplace_back("block");
    wanted.emplace_back("layer");
    for (int part = 1; names[slot].empty(); ++part) {
      for (const std::string& name : wanted) {
        if (names[slot].empty() && !taken.contains(name)) names[slot] = name;
      }
      wanted = {part == 1 ? "part" : "part" + std::to_string(part)};
    }
  }
  return names;
}

std::vector<const ModuleNode*> way_to(const ModuleNode* end) {
  std::vector<const ModuleNode*> way;
  for (const ModuleNode* at = end; at->parent != nullptr; at = at->parent) way.insert(way.begin(), at);
  return way;
}

std::string letters_of(const ModuleNode& node) {
  std::string letters;
  for (const NamePiece& piece : node.pieces) letters += piece.digits ? "" : piece.text;
  while (!letters.empty() && (letters.back() == '_' || letters.back() == '-')) letters.pop_back();
  return letters;
}

Component component_of(const ModuleNode& node, const std::vector<std::string>& names, Labels& labels) {
  Component component;
  if (node.any_suffix) {
    component.parts.emplace_back(Literal{node.pieces.front().text});
    component.parts.emplace_back(AnyText{});
    return component;
  }
  std::string text;
  for (const NamePiece& piece : node.pieces) {
    if (piece.slot == 0) {
      text += piece.text;
      continue;
    }
    if (!text.empty()) component.parts.emplace_back(Literal{text});
    text.clear();
    component.parts.emplace_back(Capture{names[piece.slot], {}});
    labels[names[piece.slot]] = piece.text;
  }
  if (!text.empty()) component.parts.emplace_back(Literal{text});
  return component;
}

bool is_counted(const ModuleNode& node) {
  return node.any_suffix || std::any_of(node.pieces.begin(), node.pieces.end(), [](const NamePiece& piece) { return piece.slot != 0; });
}

}  // namespace

std::vector<GeneralPath> generalise(const std::vector<std::string>& paths) {
  const ModuleTree tree = read_modules(paths);
  const std::vector<std::string> names = slot_names(tree.slots);
  std::vector<GeneralPath> general;
  for (const ModuleNode* end : tree.ends) {
    GeneralPath path;
    std::string so_far;
    for (const ModuleNode* node : way_to(end)) {
      path.pattern.components.emplace_back(component_of(*node, names, path.labels));
      so_far += (so_far.empty() ? "" : ".") + node->name;
      path.tail += (path.tail.empty() ? "" : ".") + node->name;
      if (!is_counted(*node)) continue;
      path.block = so_far;
      path.part = letters_of(*node);
      path.tail.clear();
    }
    general.push_back(std::move(path));
  }
  return general;
}

}  // namespace prunec::infer
