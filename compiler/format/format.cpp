// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/format/format.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "compiler/format/comments.h"
#include "compiler/format/words.h"
#include "compiler/source/utf8.h"
#include "compiler/syntax/parse.h"

namespace prunec {
namespace {

using format::Comment;
using format::joined;
using format::Words;
using format::wrapped;

constexpr std::size_t kIndent = 2;
/// Sites with longer patterns do not push the `where` of their neighbours away.
constexpr std::size_t kWidestAligned = 60;

class Formatter {
 public:
  explicit Formatter(const ast::RuleFile& file) : file_(file), source_(*file.source), comments_(format::comments_of(source_)) {}

  std::string run() {
    node(file_.version_line, 0, "prunec " + std::to_string(file_.version.value));
    node(file_.architecture_line, 0, "architecture " + file_.architecture.text);
    for (std::size_t i = 0; i < file_.items.size();) {
      const std::vector<const ast::SiteDeclaration*> group = sites_from(i);
      if (group.empty()) {
        item(file_.items[i++]);
      } else {
        sites(group, 0);
        i += group.size();
      }
    }
    comments_before(source_.text().size(), 0);
    return std::move(text_);
  }

 private:
  std::size_t line_of(std::size_t offset) const { return source_.line_column(offset).line; }

  /// Keeps one of the blank lines above what begins at `offset`; none at the start and behind a `{`.
  void blank_line_above(std::size_t offset, bool wanted = false) {
    const bool written = last_line_ != 0 && line_of(offset) > last_line_ + 1;
    if ((written || wanted) && !text_.empty() && !text_.ends_with("{\n") && !text_.ends_with("\n\n")) text_ += "\n";
  }

  void line(std::size_t indent, const std::string& text) { text_ += std::string(indent, ' ') + text + "\n"; }

  /// The comments that stand alone above `offset`.
  void comments_before(std::size_t offset, std::size_t indent) {
    for (; next_ < comments_.size() && comments_[next_].span.begin < offset; ++next_) {
      blank_line_above(comments_[next_].span.begin, after_block_);
      after_block_ = false;
      line(indent, comments_[next_].text);
      last_line_ = line_of(comments_[next_].span.begin);
    }
  }

  /// A comment behind what ends at `end`, on the same line: it stays there.
  void comment_behind(std::size_t end) {
    last_line_ = line_of(end);
    if (next_ == comments_.size()) return;
    const Comment& comment = comments_[next_];
    if (comment.span.begin < end || line_of(comment.span.begin) != last_line_) return;
    if (source_.text({end, comment.span.begin}).find_first_not_of(" \t") != std::string_view::npos) return;
    text_.pop_back();
    text_ += "  " + comment.text + "\n";
    ++next_;
  }

  bool has_comment_inside(Span span) const {
    return std::any_of(comments_.begin() + static_cast<std::ptrdiff_t>(next_), comments_.end(),
                       [&](const Comment& c) { return span.begin < c.span.begin && c.span.begin < span.end; });
  }

  /// The node as it was written, moved to `indent`: for nodes with comments between their words.
  std::string as_written(Span span, std::size_t indent) {
    while (next_ < comments_.size() && comments_[next_].span.begin < span.end) ++next_;
    const std::size_t first_line = line_of(span.begin);
    const std::size_t old_indent = source_.line_column(span.begin).column - 1;
    std::string text;
    for (std::size_t number = first_line; number <= line_of(span.end); ++number) {
      const std::size_t start = number == first_line ? span.begin : source_.line_start(number);
      std::string part(source_.text({start, std::min(span.end, source_.line_start(number) + source_.line(number).size())}));
      part.erase(part.find_last_not_of(" \t") + 1);
      const std::size_t lead = part.find_first_not_of(" \t");
      if (number > first_line && lead != std::string::npos) {
        part = std::string(lead > old_indent ? lead - old_indent + indent : indent + 2 * kIndent, ' ') + part.substr(lead);
      }
      text += (number == first_line ? "" : "\n") + part;
    }
    return text;
  }

  void node(const ast::Extent& at, std::size_t indent, const std::string& text, bool apart = false) {
    comments_before(at.begin, indent);
    blank_line_above(at.begin, (apart && !ends_with_comment()) || after_block_);
    after_block_ = false;
    line(indent, has_comment_inside(at) ? as_written(at, indent) : text);
    comment_behind(at.end);
  }

  /// Whether the line above is a comment of its own: then what follows belongs to it.
  bool ends_with_comment() const {
    if (text_.size() < 2) return false;
    const std::size_t start = text_.rfind('\n', text_.size() - 2) + 1;
    const std::size_t sign = text_.find_first_not_of(' ', start);
    return sign != std::string::npos && text_[sign] == '#';
  }

  void item(const ast::Item& item) {
    if (const auto* use = std::get_if<ast::Use>(&item)) node(use->at, 0, joined(format::words_of(*use)));
    if (const auto* layout = std::get_if<ast::Layout>(&item)) this->layout(*layout);
    if (const auto* strategy = std::get_if<ast::Strategy>(&item)) this->strategy(*strategy);
    if (const auto* choice = std::get_if<ast::DefaultStrategy>(&item)) node(choice->at, 0, joined(format::words_of(*choice)));
  }

  /// The sites that follow each other without a gap from this item on.
  std::vector<const ast::SiteDeclaration*> sites_from(std::size_t begin) const {
    std::vector<const ast::SiteDeclaration*> group;
    for (std::size_t i = begin; i < file_.items.size(); ++i) {
      const auto* site = std::get_if<ast::SiteDeclaration>(&file_.items[i]);
      if (site == nullptr || !goes_on(group, *site)) break;
      group.push_back(site);
    }
    return group;
  }

  bool goes_on(const std::vector<const ast::SiteDeclaration*>& group, const ast::SiteDeclaration& site) const {
    return group.empty() || line_of(site.at.begin) == line_of(group.back()->at.end) + 1;
  }

  /// A group of sites is aligned.
  void sites(const std::vector<const ast::SiteDeclaration*>& group, std::size_t indent) {
    std::size_t name_width = 0, pattern_width = 0;
    for (const auto* site : group) {
      name_width = std::max(name_width, display_width(site->name.text));
      const std::size_t width = display_width(joined(format::patterns_of(*site)));
      if (!site->where.empty() && width <= kWidestAligned) pattern_width = std::max(pattern_width, width);
    }
    for (const auto* site : group) node(site->at, indent, site_text(*site, indent, name_width, pattern_width));
  }

  static std::string site_text(const ast::SiteDeclaration& site, std::size_t indent, std::size_t name_width, std::size_t pattern_width) {
    const std::string head = "site " + site.name.text + std::string(name_width - display_width(site.name.text), ' ') + " = ";
    const std::string text = head + wrapped(format::patterns_of(site), indent + head.size(), indent + head.size());
    const Words where = format::where_of(site);
    if (where.empty()) return text;
    const std::size_t width = display_width(joined(format::patterns_of(site)));
    return text + std::string(width < pattern_width ? pattern_width - width + 1 : 1, ' ') + joined(where);
  }

  /// Whether a block was written on one line, without a comment, so that it may stay there.
  bool on_one_line(Span whole) const { return line_of(whole.begin) == line_of(whole.end) && !has_comment_inside(whole); }

  void open_block(const ast::Extent& head, const Words& words) {
    const std::size_t open = source_.text().find('{', head.end);
    node(ast::Extent{{head.begin, open + 1}}, 0, joined(words), true);
  }
  void close_block(const ast::Extent& braces) {
    comments_before(braces.end - 1, kIndent);
    line(0, "}");
    comment_behind(braces.end);
    after_block_ = true;
  }

  void layout(const ast::Layout& layout) {
    open_block(layout.at, format::head_of(layout));
    std::vector<const ast::SiteDeclaration*> group;
    for (const ast::SiteDeclaration& site : layout.sites) {
      if (!goes_on(group, site)) {
        sites(group, kIndent);
        group.clear();
      }
      group.push_back(&site);
    }
    sites(group, kIndent);
    close_block(layout.braces);
  }

  void strategy(const ast::Strategy& strategy) {
    const Span whole{strategy.at.begin, strategy.braces.end};
    if (strategy.statements.size() <= 1 && on_one_line(whole)) {
      std::string text = joined(format::head_of(strategy));
      if (!strategy.statements.empty()) text += " " + joined(format::words_of(strategy.statements.front(), source_));
      return node(ast::Extent{whole}, 0, text + " }");
    }
    open_block(strategy.at, format::head_of(strategy));
    for (const ast::Statement& statement : strategy.statements) {
      const Words words = format::words_of(statement, source_);
      node(extent_of(statement), kIndent, wrapped(words, kIndent, kIndent + words.front().size() + 1));
    }
    close_block(strategy.braces);
  }

  const ast::RuleFile& file_;
  const SourceFile& source_;
  std::vector<Comment> comments_;
  std::size_t next_ = 0;       ///< the first comment that is not written yet
  std::size_t last_line_ = 0;  ///< of the source, where the last written thing ends
  bool after_block_ = false;   ///< a strategy of several lines was just closed
  std::string text_;
};

}  // namespace

std::string format_rules(const ast::RuleFile& file) {
  std::string text = Formatter(file).run();
  auto source = std::make_shared<const SourceFile>(file.source->path(), text);
  const auto again = parse(source);
  const auto comments = [](const SourceFile& from) {
    std::vector<std::string> texts;
    for (const Comment& comment : format::comments_of(from)) texts.push_back(comment.text);
    return texts;
  };
  if (!again || !(*again == file) || comments(*source) != comments(*file.source)) {
    throw std::logic_error("formatting changed the meaning of " + file.source->path());
  }
  return text;
}

}  // namespace prunec
