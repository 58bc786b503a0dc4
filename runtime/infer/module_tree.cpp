// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/module_tree.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace prunec::infer {

namespace {

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::vector<NamePiece> pieces_of(const std::string& name) {
  std::vector<NamePiece> pieces;
  for (const char c : name) {
    if (pieces.empty() || pieces.back().digits != is_digit(c)) pieces.push_back({"", is_digit(c), 0});
    pieces.back().text += c;
  }
  return pieces;
}

/// `Mixed_5b`, `inception3a`: letters, a number, a letter. Returns where the letters end; 0: not such a name.
std::size_t letters_before_series(const std::string& name) {
  const auto pieces = pieces_of(name);
  const bool series = pieces.size() == 3 && pieces[1].digits && pieces[0].text.size() >= 3 && pieces[2].text.size() == 1 &&
                      std::isalpha(static_cast<unsigned char>(pieces[2].text[0]));
  return series ? pieces[0].text.size() : 0;
}

/// The name without what numbers it.
std::string stem_of(const std::string& name) {
  if (const std::size_t letters = letters_before_series(name)) return name.substr(0, letters) + "@";
  std::string stem;
  for (const NamePiece& piece : pieces_of(name)) stem += piece.digits ? "#" : piece.text;
  return stem;
}

bool has_letters(const std::string& stem) {
  return std::any_of(stem.begin(), stem.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

bool names_a_repeated_part(std::string stem) {
  std::transform(stem.begin(), stem.end(), stem.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr const char* kWords[] = {"layer", "block", "stage", "unit", "cell", "group", "module"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* word) { return stem.find(word) != std::string::npos; });
}

/// The nodes of one name, below parents that are built alike.
struct Named {
  std::string name;
  std::vector<ModuleNode*> nodes;
  std::set<std::string> below;  ///< of all nodes, with a repetition of the name left out: `block1.block1-0` as `block1.~-0`
  bool several = false;         ///< some node holds several ends
  bool end = false;
};

std::set<std::string> without_own_name(const ModuleNode& node) {
  std::set<std::string> below;
  for (std::string path : node.below) {
    if (path.starts_with(node.name) && path.size() > node.name.size() && !is_digit(path[node.name.size()])) {
      path = "~" + path.substr(node.name.size());
    }
    below.insert(std::move(path));
  }
  return below;
}

/// Parts that say by their name that they are repeated need to have less in common.
bool alike(const std::set<std::string>& a, const std::set<std::string>& b, bool named_alike) {
  const auto common =
      static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& path) { return b.contains(path); }));
  return common > 0 && (named_alike || 2 * common >= std::min(a.size(), b.size()));
}

class Reader {
 public:
  explicit Reader(ModuleTree& tree) : tree_(tree) {}

  /// `parents`: nodes that are built alike. `inside`: they lie in a repeated part that holds several ends.
  void visit(const std::vector<ModuleNode*>& parents, bool inside) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<Named>> by_stem;
    for (ModuleNode* parent : parents) {
      for (const auto& child : parent->children) {
        auto& group = by_stem[stem_of(child->name)];
        if (group.empty()) order.push_back(stem_of(child->name));
        add(group, child.get());
      }
    }
    for (const std::string& stem : order) visit_group(stem, by_stem[stem], inside);
  }

 private:
  static void add(std::vector<Named>& group, ModuleNode* node) {
    auto named = std::find_if(group.begin(), group.end(), [&](const Named& n) { return n.name == node->name; });
    if (named == group.end()) named = group.insert(group.end(), Named{node->name, {}, {}, false, false});
    named->nodes.push_back(node);
    named->below.merge(without_own_name(*node));
    named->several |= node->below.size() > 1;
    named->end |= node->is_end;
  }

  void visit_group(const std::string& stem, const std::vector<Named>& group, bool inside) {
    std::vector<std::vector<const Named*>> clusters;
    for (const Named& named : group) {
      const auto fits = [&](const std::vector<const Named*>& cluster) {
        return belong_together(stem, group, *cluster.front(), named, inside);
      };
      const auto cluster = std::find_if(clusters.begin(), clusters.end(), fits);
      if (cluster == clusters.end()) {
        clusters.push_back({&named});
      } else {
        cluster->push_back(&named);
        // The one with most inside stands for the others.
        if (named.below.size() > cluster->front()->below.size()) std::swap(cluster->front(), cluster->back());
      }
    }
    for (const auto& cluster : clusters) {
      std::vector<ModuleNode*> nodes;
      for (const Named* named : cluster) nodes.insert(nodes.end(), named->nodes.begin(), named->nodes.end());
      const bool blocks = cluster.size() > 1 && cluster.front()->several;
      if (cluster.size() > 1) count(stem, nodes, blocks);
      visit(nodes, inside || blocks);
    }
  }

  static bool belong_together(const std::string& stem, const std::vector<Named>& group, const Named& a, const Named& b, bool inside) {
    if (stem.find('#') == std::string::npos && stem.find('@') == std::string::npos) return a.name == b.name;
    if (!alike(a.below, b.below, names_a_repeated_part(stem)) || a.end != b.end) return false;
    const bool letters = has_letters(stem);
    if (letters && inside && !names_a_repeated_part(stem)) return false;
    if (a.several && b.several) return true;
    if (a.several != b.several || a.below != b.below) return false;
    const bool only_singles = std::none_of(group.begin(), group.end(), [](const Named& n) { return n.several; });
    // Inside a block, and where letters name a part that is there twice, numbers tell roles apart.
    return only_singles && !inside && (!letters || (!a.end && group.size() > 2));
  }

  /// Turns the digits that differ into slots.
  void count(const std::string& stem, const std::vector<ModuleNode*>& nodes, bool blocks) {
    if (stem.ends_with('@')) {
      for (ModuleNode* node : nodes) node->any_suffix = true;
      return;
    }
    for (std::size_t i = 0; i < nodes.front()->pieces.size(); ++i) {
      if (!nodes.front()->pieces[i].digits) continue;
      const bool differs = std::any_of(nodes.begin(), nodes.end(),
                                       [&](const ModuleNode* node) { return node->pieces[i].text != nodes.front()->pieces[i].text; });
      if (!differs) continue;
      std::size_t slot = repeated_slot(nodes, i);
      if (slot == 0) {
        slot = tree_.slots.size();
        tree_.slots.push_back({innermost_slot(*nodes.front()), blocks, i > 0 ? nodes.front()->pieces[i - 1].text : ""});
      }
      for (ModuleNode* node : nodes) node->pieces[i].slot = slot;
    }
  }

  /// The outer slot whose value every node repeats in this piece; 0: none.
  static std::size_t repeated_slot(const std::vector<ModuleNode*>& nodes, std::size_t piece) {
    for (const ModuleNode* outer = nodes.front()->parent; outer != nullptr; outer = outer->parent) {
      for (const NamePiece& candidate : outer->pieces) {
        if (candidate.slot == 0) continue;
        const bool all = std::all_of(nodes.begin(), nodes.end(),
                                     [&](const ModuleNode* node) { return value_of(*node, candidate.slot) == node->pieces[piece].text; });
        if (all) return candidate.slot;
      }
    }
    return 0;
  }

  static std::optional<std::string> value_of(const ModuleNode& node, std::size_t slot) {
    for (const ModuleNode* outer = node.parent; outer != nullptr; outer = outer->parent) {
      for (const NamePiece& piece : outer->pieces) {
        if (piece.slot == slot) return piece.text;
      }
    }
    return std::nullopt;
  }

  static std::size_t innermost_slot(const ModuleNode& node) {
    for (const ModuleNode* at = &node; at != nullptr; at = at->parent) {
      for (auto piece = at->pieces.rbegin(); piece != at->pieces.rend(); ++piece) {
        if (piece->slot != 0) return piece->slot;
      }
    }
    return 0;
  }

  ModuleTree& tree_;
};

ModuleNode* insert(ModuleNode* at, const std::string& path) {
  at->below.insert(path);
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    auto child = std::find_if(at->children.begin(), at->children.end(), [&](const auto& node) { return node->name == name; });
    if (child == at->children.end()) {
      child = at->children.insert(child, std::make_unique<ModuleNode>());
      (*child)->name = name;
      (*child)->parent = at;
      (*child)->pieces = pieces_of(name);
    }
    at = child->get();
    begin = end + 1;
    at->below.insert(begin <= path.size() ? path.substr(begin) : "");
  }
  at->is_end = true;
  return at;
}

}  // namespace

ModuleTree read_modules(const std::vector<std::string>& paths) {
  ModuleTree tree;
  tree.root = std::make_unique<ModuleNode>();
  tree.slots.emplace_back();
  for (const std::string& path : paths) tree.ends.push_back(insert(tree.root.get(), path));
  Reader(tree).visit({tree.root.get()}, false);
  return tree;
}

}  // namespace prunec::infer
