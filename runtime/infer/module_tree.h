// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Module paths as a tree, and which of its names are numbers that count repeated parts.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace prunec::infer {

/// A run of digits or of other text in a name.
struct NamePiece {
  std::string text;
  bool digits = false;
  std::size_t slot = 0;  ///< the count that the digits are a value of; 0: they are text
};

struct ModuleNode {
  std::string name;
  ModuleNode* parent = nullptr;
  std::vector<NamePiece> pieces;  ///< of the name
  bool any_suffix = false;        ///< what follows the letters differs between equal parts: `3a`, `3b`
  bool is_end = false;            ///< a path ends here
  std::set<std::string> below;    ///< ends, relative; "" for its own
  std::list<std::unique_ptr<ModuleNode>> children;
};

/// What is counted at one place of the tree.
struct Slot {
  std::size_t outer = 0;  ///< the slot that its parts lie in; 0: none
  bool blocks = false;    ///< the repeated parts hold several ends each
  std::string word;       ///< the letters before the number
};

struct ModuleTree {
  std::unique_ptr<ModuleNode> root;
  std::vector<ModuleNode*> ends;  ///< by path
  std::vector<Slot> slots;        ///< the first is none
};

/// Numbers that count parts which are built alike, such as the blocks of a stage, become slots: the same one in stages that are built
/// alike. Numbers that tell roles apart, such as those of `bn1` and `bn2`, stay text.
ModuleTree read_modules(const std::vector<std::string>& paths);

}  // namespace prunec::infer
