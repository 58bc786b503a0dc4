// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Where `use` finds rule files. The checks see files only through this, so that they need no file system.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec {

/// Why a file that is used is not there.
struct NotFound {
  enum class Reason {
    kMissing,
    kUnreadable,  ///< `detail` has the system's words
    kEscapes,     ///< it would lie outside the folders that rules may come from
  };
  Reason reason = Reason::kMissing;
  std::string detail;
  std::vector<std::string> known = {};  ///< names that would have been found, for a guess at what was meant
};

class RuleLibrary {
 public:
  virtual ~RuleLibrary() = default;

  /// `name` as it stands in the text of `from`. The path of the result says which file it is: one file has one path.
  virtual std::variant<std::shared_ptr<const SourceFile>, NotFound> find(const std::string& name, const SourceFile& from) const = 0;
};

/// Finds nothing: for a text by itself.
class NoLibrary : public RuleLibrary {
 public:
  std::variant<std::shared_ptr<const SourceFile>, NotFound> find(const std::string& name, const SourceFile& from) const override;
};

/// Files beside the one that uses them, then the installed ones.
class FolderLibrary : public RuleLibrary {
 public:
  /// `root_file` is the file that all others are used from, directly or not; nothing outside its folder and `installed` is read.
  FolderLibrary(const std::string& root_file, std::vector<std::string> installed);

  std::variant<std::shared_ptr<const SourceFile>, NotFound> find(const std::string& name, const SourceFile& from) const override;

 private:
  std::string root_;
  std::vector<std::string> installed_;
};

}  // namespace prunec
