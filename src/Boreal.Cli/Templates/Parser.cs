using Boreal.Cli.Templates.Functions;
using Boreal.Cli.Templates.Nodes;

namespace Boreal.Cli.Templates;

/// <summary>Builds the node lists of a template from its tokens.</summary>
internal sealed class Parser
{
    private readonly TokenCursor _tokens;
    private readonly PipelineParser _pipelines;
    private int _loops;

    private Parser(string text)
    {
        _tokens = new TokenCursor(Lexer.Cut(text));
        _pipelines = new PipelineParser(_tokens);
    }

    public static IReadOnlyList<Node> Parse(string text)
    {
        var parser = new Parser(text);
        var (nodes, stop, at) = parser.Block();
        return stop is "" ? nodes : throw TemplateException.Parsing(at, $"unexpected {{{{{stop}}}}}");
    }

    /// <summary>Reads nodes up to the end of input, <c>end</c> or <c>else</c>; the last two are consumed up to their name.</summary>
    private (List<Node> Nodes, string Stop, Position At) Block()
    {
        var nodes = new List<Node>();
        while (true)
        {
            var token = _tokens.Take();
            switch (token.Kind)
            {
                case TokenKind.End:
                    return (nodes, "", token.At);
                case TokenKind.Text:
                    nodes.Add(new TextNode(token.At, token.Value));
                    continue;
            }

            var first = _tokens.PeekPastSpace();
            if (first is { Kind: TokenKind.Identifier, Value: "end" or "else" })
            {
                _tokens.TakePastSpace();
                return (nodes, first.Value, first.At);
            }

            nodes.Add(Action(first));
        }
    }

    private Node Action(Token first)
    {
        if (first.Kind is TokenKind.Identifier)
        {
            switch (first.Value)
            {
                case "if": _tokens.TakePastSpace(); return Branch(first, (subject, then, other) => new IfNode(first.At, subject, then, other));
                case "with": _tokens.TakePastSpace(); return Branch(first, (subject, then, other) => new WithNode(first.At, subject, then, other));
                case "range": return Range(first);
                case "break": return Jump(first, new BreakNode(first.At));
                case "continue": return Jump(first, new ContinueNode(first.At));
                case "define" or "template" or "block":
                    throw TemplateException.Parsing(first.At, $"{{{{{first.Value}}}}} has no use in a --format: there is one template only");
            }
        }

        var pipeline = _pipelines.Read(TokenKind.Close, "command");
        return new ActionNode(pipeline.At, pipeline);
    }

    private RangeNode Range(Token first)
    {
        _tokens.TakePastSpace();
        _loops++;
        return (RangeNode)Branch(first, (subject, then, other) => new RangeNode(first.At, subject, then, other), () => _loops--);
    }

    private Node Jump(Token first, Node node)
    {
        _tokens.TakePastSpace();
        Expect(TokenKind.Close, first.Value);
        return _loops > 0 ? node : throw TemplateException.Parsing(first.At, $"{{{{{first.Value}}}}} outside {{{{range}}}}");
    }

    private Node Branch(Token keyword, Func<Pipeline, IReadOnlyList<Node>, IReadOnlyList<Node>, Node> build, Action? leave = null)
    {
        var subject = _pipelines.Read(TokenKind.Close, keyword.Value);
        var (then, stop, at) = Block();
        leave?.Invoke();
        IReadOnlyList<Node> otherwise = [];
        if (stop is "else") otherwise = Otherwise(keyword);
        else if (stop is "") throw TemplateException.Parsing(at, "unexpected EOF");
        else Expect(TokenKind.Close, "end");
        return build(subject, then, otherwise);
    }

    private List<Node> Otherwise(Token keyword)
    {
        var next = _tokens.PeekPastSpace();
        if (next.Kind is TokenKind.Identifier && next.Value is "if" or "with" && next.Value == keyword.Value)
            return [Action(next)]; // The inner branch takes the one {{end}} for both.
        Expect(TokenKind.Close, "else");
        var (nodes, stop, at) = Block();
        if (stop is not "end") throw TemplateException.Parsing(at, stop is "" ? "unexpected EOF" : "expected end; found {{else}}");
        Expect(TokenKind.Close, "end");
        return nodes;
    }

    private void Expect(TokenKind kind, string context)
    {
        var token = _tokens.TakePastSpace();
        if (token.Kind != kind) throw TemplateException.Parsing(token.At, $"unexpected {FunctionTable.Describe(token)} in {context}");
    }
}
