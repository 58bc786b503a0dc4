// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/server.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "compiler/lsp/diagnostics.h"
#include "compiler/lsp/features.h"
#include "compiler/lsp/inbox.h"
#include "compiler/lsp/uri.h"
#include "compiler/lsp/wire.h"

namespace prunec::lsp {
namespace {

using nlohmann::json;

enum ErrorCode {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kNotInitialized = -32002,
  kCancelled = -32800,
};

/// A request that cannot be answered.
struct Refusal {
  ErrorCode code;
  std::string message;
};

class Server {
 public:
  Server(std::istream& in, std::ostream& out, const Services& services) : inbox_(in), out_(out), services_(services) {}

  int run() {
    while (const auto mail = inbox_.next()) {
      if (!mail->message) {
        send_error(nullptr, {kParseError, "the message is no JSON"});
      } else if (!take(*mail->message)) {
        break;
      }
      if (inbox_.empty()) publish();
    }
    return shut_down_ ? 0 : 1;
  }

 private:
  /// False: it was `exit`.
  bool take(const json& message) {
    const bool request = message.is_object() && message.contains("id");
    if (!message.is_object() || (!message.contains("method") && !request) ||
        (message.contains("method") && !message["method"].is_string())) {
      send_error(request ? message["id"] : json(nullptr), {kInvalidRequest, "the message is neither a request nor a notification"});
      return true;
    }
    if (!message.contains("method")) return true;  // a response; the server asks nothing
    const std::string method = message["method"];
    const json params = message.value("params", json::object());
    if (method == "exit") return false;
    if (request) {
      answer(message["id"], method, params);
    } else {
      notice(method, params);
    }
    return true;
  }

  void answer(const json& id, const std::string& method, const json& params) {
    try {
      if (inbox_.cancelled(id)) throw Refusal{kCancelled, "the request was cancelled"};
      send({{"id", id}, {"result", result_of(method, params)}});
    } catch (const Refusal& refusal) {
      send_error(id, refusal);
    } catch (const json::exception& error) {
      send_error(id, {kInvalidParams, error.what()});
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      send_error(id, {kInternalError, std::string("this is a bug in prunec: ") + error.what()});
    }
  }

  json result_of(const std::string& method, const json& params) {
    if (shut_down_) throw Refusal{kInvalidRequest, "the server has been shut down"};
    if (method == "initialize") return initialize(params);
    if (!initialized_) throw Refusal{kNotInitialized, "the first request is `initialize`"};
    if (method == "shutdown") {
      publish();  // what the client has sent is judged to the end
      shut_down_ = true;
      return nullptr;
    }
    using Handler = json (Server::*)(const View&, const json&);
    static const std::map<std::string, Handler> kHandlers = {
        {"textDocument/hover", &Server::on_hover},           {"textDocument/definition", &Server::on_definition},
        {"textDocument/completion", &Server::on_completion}, {"textDocument/documentSymbol", &Server::on_symbols},
        {"textDocument/formatting", &Server::on_formatting}, {"textDocument/codeAction", &Server::on_code_action}};
    const auto handler = kHandlers.find(method);
    if (handler == kHandlers.end()) throw Refusal{kMethodNotFound, "there is no method `" + method + "`"};
    Document& document = opened(params);
    return (this->*handler->second)({document, encoding_}, params);
  }

  json initialize(const json& params) {
    if (initialized_) throw Refusal{kInvalidRequest, "`initialize` came twice"};
    const json capabilities = params.value("capabilities", json::object());
    const auto offered = capabilities.value(json::json_pointer("/general/positionEncodings"), json::array());
    for (const json& encoding : offered) {
      if (encoding == "utf-8") encoding_ = Encoding::kUtf8;
    }
    const bool places = capabilities.value(json::json_pointer("/textDocument/publishDiagnostics/relatedInformation"), false);
    related_ = places ? Related::kAsPlaces : Related::kAsText;
    initialized_ = true;
    return {{"serverInfo", {{"name", "prunec"}, {"version", services_.version}}},
            {"capabilities",
             {{"positionEncoding", encoding_ == Encoding::kUtf8 ? "utf-8" : "utf-16"},
              {"textDocumentSync", {{"openClose", true}, {"change", 2}}},
              {"hoverProvider", true},
              {"definitionProvider", true},
              {"completionProvider", {{"triggerCharacters", {"["}}}},
              {"documentSymbolProvider", true},
              {"documentFormattingProvider", true},
              {"codeActionProvider", {{"codeActionKinds", {"quickfix", "source.fixAll.prunec"}}}}}}};
  }

  /// Nobody waits for an answer, so what cannot be understood changes nothing.
  void notice(const std::string& method, const json& params) {
    if (!initialized_ || shut_down_) return;
    try {
      if (method == "textDocument/didOpen") open(params.at("textDocument"));
      if (method == "textDocument/didChange") change(params);
      if (method == "textDocument/didClose") close(params.at("textDocument").at("uri"));
    } catch (const json::exception& error) {
      log(std::string("`") + method + "` cannot be understood: " + error.what());
    } catch (const Refusal& refusal) {
      log(std::string("`") + method + "`: " + refusal.message);
    }
  }

  void open(const json& item) {
    Document document;
    document.uri = item.at("uri").get<std::string>();
    document.version = item.value("version", std::int64_t{0});
    document.source = std::make_shared<const SourceFile>(path_of(document.uri), item.at("text").get<std::string>());
    const std::string uri = document.uri;
    documents_.insert_or_assign(uri, std::move(document));
    judge_again();
  }

  void change(const json& params) {
    Document& document = opened(params);
    Document changed = document;  // all of the changes or none
    for (const json& one : params.at("contentChanges")) apply_change(changed, one, encoding_);
    changed.version = params.at("textDocument").value("version", changed.version);
    document = std::move(changed);
    judge_again();
  }

  void close(const std::string& uri) {
    if (documents_.erase(uri) == 0) return;
    findings_.erase(uri);
    judge_again();
    unsent_.insert(uri);
  }

  /// One file may use another, so a change in one may concern them all.
  void judge_again() {
    for (auto& [uri, document] : documents_) document.diagnostics.reset();
  }

  Document& opened(const json& params) {
    const auto found = documents_.find(params.at("textDocument").at("uri").get<std::string>());
    if (found == documents_.end()) throw Refusal{kInvalidParams, "the document is not open"};
    return found->second;
  }

  void judge(Document& document) {
    if (!document.diagnostics) document.diagnostics = services_.judge(document.source);
  }

  /// Sends what is new about every file that is open or that an open one has something to say of.
  void publish() {
    for (auto& [uri, document] : documents_) {
      if (document.diagnostics && findings_.contains(uri)) continue;
      judge(document);
      auto by_file = diagnostics_by_file({document, encoding_}, related_);
      for (const auto& [file, list] : findings_[uri]) unsent_.insert(file);
      for (const auto& [file, list] : by_file) unsent_.insert(file);
      findings_[uri] = std::move(by_file);
    }
    for (const std::string& file : std::exchange(unsent_, {})) publish_file(file);
  }

  /// An open file speaks for itself; what others say of one that is closed is put together.
  void publish_file(const std::string& file) {
    const auto own = documents_.find(file);
    json params = {{"uri", file}, {"diagnostics", json::array()}};
    if (own != documents_.end()) {
      params["version"] = own->second.version;
      params["diagnostics"] = findings_[file][file];
    } else {
      for (const auto& [by, files] : findings_) {
        const auto list = files.find(file);
        if (list == files.end()) continue;
        for (const json& diagnostic : list->second) params["diagnostics"].push_back(diagnostic);
      }
    }
    json& last = sent_[file];
    if (last == params) return;
    last = params;
    send({{"method", "textDocument/publishDiagnostics"}, {"params", std::move(params)}});
  }

  json on_hover(const View& view, const json& params) { return hover(view, place(view, params), services_); }
  json on_definition(const View& view, const json& params) { return definition(view, place(view, params)); }
  json on_completion(const View& view, const json& params) { return completion(view, place(view, params)); }
  json on_symbols(const View& view, const json& /*params*/) { return symbols(view); }
  json on_formatting(const View& view, const json& /*params*/) { return formatting(view); }
  json on_code_action(const View& view, const json& params) {
    judge(opened(params));
    const json& range = params.at("range");
    const std::size_t begin = offset_in(view.source(), range.at("start"), encoding_);
    return code_actions(view, {begin, std::max(begin, offset_in(view.source(), range.at("end"), encoding_))});
  }

  std::size_t place(const View& view, const json& params) const { return offset_in(view.source(), params.at("position"), encoding_); }

  void send(json message) {
    message["jsonrpc"] = "2.0";
    write_message(out_, message.dump(-1, ' ', false, json::error_handler_t::replace));
  }

  void send_error(const json& id, const Refusal& refusal) {
    send({{"id", id}, {"error", {{"code", static_cast<int>(refusal.code)}, {"message", refusal.message}}}});
  }

  void log(const std::string& text) { send({{"method", "window/logMessage"}, {"params", {{"type", 2}, {"message", text}}}}); }

  Inbox inbox_;
  std::ostream& out_;
  const Services& services_;
  std::map<std::string, Document> documents_;
  std::map<std::string, std::map<std::string, json>> findings_;  ///< by the open document that was judged, by the file they lie in
  std::map<std::string, json> sent_;                             ///< what was last said of each file
  std::set<std::string> unsent_;                                 ///< files whose diagnostics have changed
  Encoding encoding_ = Encoding::kUtf16;
  Related related_ = Related::kAsText;
  bool initialized_ = false, shut_down_ = false;
};

}  // namespace

int serve(std::istream& in, std::ostream& out, const Services& services) {
  return Server(in, out, services).run();
}

}  // namespace prunec::lsp
