using Boreal.Cli.Templates.Functions;
using Boreal.Cli.Templates.Nodes;
using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Templates;

/// <summary>Reads pipelines, commands and operands.</summary>
internal sealed class PipelineParser(TokenCursor tokens)
{
    public Pipeline Read(TokenKind end, string context)
    {
        var start = tokens.PeekPastSpace();
        var (variables, declares) = Declarations(context);
        var commands = new List<Command>();
        while (true)
        {
            var next = tokens.PeekPastSpace();
            if (next.Kind == end)
            {
                tokens.Take();
                if (commands.Count is 0) throw TemplateException.Parsing(next.At, $"missing value for {context}");
                return new Pipeline(start.At, variables, declares, commands);
            }

            commands.Add(ReadCommand(end, context));
            if (tokens.PeekPastSpace().Kind is TokenKind.Pipe)
            {
                tokens.Take();
                if (tokens.PeekPastSpace().Kind == end) throw TemplateException.Parsing(start.At, $"missing value for {context}");
            }
        }
    }

    private (List<string> Names, bool Declares) Declarations(string context)
    {
        var names = new List<string>();
        var first = tokens.PeekPastSpace();
        if (first.Kind is not TokenKind.Variable) return (names, false);
        var second = tokens.Ahead(1);
        var pair = context is "range" && second.Kind is TokenKind.Comma && tokens.Ahead(2).Kind is TokenKind.Variable;
        var mark = pair ? tokens.Ahead(3) : second;
        if (mark.Kind is not (TokenKind.Declare or TokenKind.Assign)) return (names, false);
        names.Add(tokens.TakePastSpace().Value);
        if (pair)
        {
            tokens.TakePastSpace();
            names.Add(tokens.TakePastSpace().Value);
        }

        tokens.TakePastSpace();
        return (names, mark.Kind is TokenKind.Declare);
    }

    private Command ReadCommand(TokenKind end, string context)
    {
        var parts = new List<Expression>();
        while (true)
        {
            var next = tokens.PeekPastSpace();
            if (next.Kind == end || next.Kind is TokenKind.Pipe) break;
            if (next.Kind is TokenKind.End) throw TemplateException.Parsing(next.At, $"unclosed {(end is TokenKind.Close ? "action" : "left paren")}");
            parts.Add(Operand(context));
        }

        return parts.Count > 0 ? new Command(parts) : throw TemplateException.Parsing(tokens.Peek().At, "empty command");
    }

    private Expression Operand(string context)
    {
        var token = tokens.TakePastSpace();
        Expression subject = token.Kind switch
        {
            TokenKind.Dot => new DotExpression(token.At),
            TokenKind.Field => new FieldExpression(token.At, token.Source, new DotExpression(token.At), [token.Value]),
            TokenKind.Variable => new VariableExpression(token.At, token.Value),
            TokenKind.String => new ConstantExpression(token.At, token.Source, new TextValue(token.Value)),
            TokenKind.Number or TokenKind.Character => new ConstantExpression(token.At, token.Source, new NumberValue(token.Value)),
            TokenKind.Identifier => Word(token),
            TokenKind.LeftParenthesis => new PipelineExpression(token.At, Read(TokenKind.RightParenthesis, "parenthesized pipeline")),
            _ => throw TemplateException.Parsing(token.At, $"unexpected {FunctionTable.Describe(token)} in {(context is "command" ? "operand" : context)}"),
        };
        return Chain(subject);
    }

    private Expression Chain(Expression subject)
    {
        if (tokens.Peek().Kind is not TokenKind.Field) return subject;
        var names = new List<string>();
        var source = subject.Source;
        var start = subject;
        if (subject is FieldExpression field)
        {
            start = field.Subject;
            names.AddRange(field.Names);
        }

        while (tokens.Peek().Kind is TokenKind.Field)
        {
            var token = tokens.Take();
            names.Add(token.Value);
            source += token.Source;
        }

        return new FieldExpression(subject.At, source, start, names);
    }

    private static Expression Word(Token token) => token.Value switch
    {
        "true" => new ConstantExpression(token.At, token.Source, BooleanValue.True),
        "false" => new ConstantExpression(token.At, token.Source, BooleanValue.False),
        "nil" => new ConstantExpression(token.At, token.Source, NilValue.None),
        _ when FunctionTable.Knows(token.Value) => new FunctionExpression(token.At, token.Value),
        _ => throw TemplateException.Parsing(token.At, $"function {GoText.Quote(token.Value)} not defined"),
    };
}
