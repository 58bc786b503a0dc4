// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/branches.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace prunec {

namespace {

bool is_within(const std::string& path, const std::string& module) {
  return path.starts_with(module) && (path.size() == module.size() || path[module.size()] == '.');
}

/// The module and all that contain it, outermost first, the model itself left out.
std::vector<std::string> chain_of(const std::string& path) {
  std::vector<std::string> chain;
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) chain.push_back(path.substr(0, dot));
  if (!path.empty()) chain.push_back(path);
  return chain;
}

class BranchFinder {
 public:
  BranchFinder(const OpTrace& trace, const Propagation& propagation) : trace_(trace), propagation_(propagation) {
    for (const Operation& operation : trace.operations) {
      for (const ValueId id : operation.results) maker_[id] = &operation;
      for (const ValueId id : operation.tensors()) readers_[id].push_back(&operation);
    }
    for (const Operation& operation : trace.operations) {
      for (const ValueId id : operation.tensors()) note_result(id, operation.module_path);
    }
    for (const ValueId id : trace.outputs) note_result(id, "");
  }

  std::vector<Branch> run() {
    for (const auto& [path, values] : results_) {
      if (values.size() == 1) candidate(path, *values.begin());
    }
    drop_those_that_end_elsewhere();
    std::vector<Branch> branches;
    for (const auto& [path, found] : found_) {
      const std::vector<std::string> chain = chain_of(path);
      const bool outermost =
          std::none_of(chain.begin(), chain.end() - 1, [&](const std::string& module) { return found_.contains(module); });
      if (outermost) branches.push_back(found.branch);
    }
    const auto result_of = [&](const Branch& branch) { return found_.at(branch.path).result; };
    std::sort(branches.begin(), branches.end(), [&](const Branch& a, const Branch& b) { return result_of(a) < result_of(b); });
    return branches;
  }

 private:
  struct Found {
    Branch branch;
    ValueId result = 0;
  };

  /// What leaves a module is read outside of it.
  void note_result(ValueId id, const std::string& reader) {
    const auto maker = maker_.find(id);
    if (maker == maker_.end()) return;
    for (const std::string& module : chain_of(maker->second->module_path)) {
      if (!is_within(reader, module)) results_[module].insert(id);
    }
  }

  void candidate(const std::string& path, ValueId result) {
    const ChannelMap& map = propagation_.map(result);
    if (!map.defined() || map.dim() < 2 || !lies_along(map, 1)) return;
    std::vector<ChannelId> ids = ids_of(map);
    if (std::find(ids.begin(), ids.end(), kNoChannel) != ids.end()) return;
    const std::optional<std::string> next = reader_of(path, result);
    if (next) found_.emplace(path, Found{{path, std::move(ids), *next}, result});
  }

  /// The one module that reads the value, or empty when concatenations along the channels do; nothing when something else does.
  std::optional<std::string> reader_of(const std::string& path, ValueId value) const {
    std::set<std::string> next;
    if (std::find(trace_.outputs.begin(), trace_.outputs.end(), value) != trace_.outputs.end()) return std::nullopt;
    const auto readers = readers_.find(value);
    if (readers == readers_.end()) return std::nullopt;
    for (const Operation* reader : readers->second) {
      const auto one = reader_through(path, value, *reader);
      if (!one) return std::nullopt;
      next.insert(*one);
    }
    return next.size() == 1 ? std::optional(*next.begin()) : std::nullopt;
  }

  std::optional<std::string> reader_through(const std::string& path, ValueId value, const Operation& reader) const {
    if (reader.name == "aten::cat" || reader.name == "aten::concat") {
      const std::int64_t rank = propagation_.map(value).dim();
      return wrap(reader.integer("dim").value_or(0), rank) == 1 ? std::optional<std::string>("") : std::nullopt;
    }
    for (const std::string& module : chain_of(reader.module_path)) {
      if (is_within(path, module)) continue;
      const auto results = results_.find(module);
      if (results != results_.end() && results->second.size() == 1) return module;
    }
    // An operation of the surrounding code that works on this alone and leaves every channel in its place, as an activation does.
    const std::vector<ValueId> read = reader.tensors();
    const bool alone = std::none_of(read.begin(), read.end(), [&](ValueId id) { return id != value && propagation_.map(id).defined(); });
    if (!alone || reader.results.size() != 1) return std::nullopt;
    const ChannelMap& after = propagation_.map(reader.results[0]);
    if (!after.defined() || !lies_along(after, 1) || ids_of(after) != ids_of(propagation_.map(value))) return std::nullopt;
    return reader_of(path, reader.results[0]);
  }

  void drop_those_that_end_elsewhere() {
    for (bool changed = true; changed;) {
      changed = std::erase_if(found_, [&](const auto& each) {
                  const std::string& next = each.second.branch.next;
                  return !next.empty() && !found_.contains(next);
                }) > 0;
    }
  }

  const OpTrace& trace_;
  const Propagation& propagation_;
  std::map<ValueId, const Operation*> maker_;
  std::map<ValueId, std::vector<const Operation*>> readers_;
  std::map<std::string, std::set<ValueId>> results_;  ///< by module path: what others read of it
  std::map<std::string, Found> found_;
};

}  // namespace

std::vector<Branch> branches_of(const OpTrace& trace, const Propagation& propagation) {
  return BranchFinder(trace, propagation).run();
}

}  // namespace prunec
