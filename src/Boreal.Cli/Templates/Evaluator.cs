using System.Text;
using Boreal.Cli.Templates.Functions;
using Boreal.Cli.Templates.Nodes;
using Boreal.Cli.Templates.Values;
using Boreal.Notation;

namespace Boreal.Cli.Templates;

/// <summary>Carries a parsed template out on one value.</summary>
internal sealed class Evaluator
{
    private readonly StringBuilder _output;
    private readonly bool _isHeader;
    private readonly List<(string Name, Value Value)> _variables = [];

    private Evaluator(StringBuilder output, Value root, bool isHeader)
    {
        _output = output;
        _isHeader = isHeader;
        _variables.Add(("", root));
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    public static void Run(IReadOnlyList<Node> nodes, Value root, StringBuilder output, bool isHeader = false) =>
        new Evaluator(output, root, isHeader).Walk(nodes, root);

    private Flow Walk(IReadOnlyList<Node> nodes, Value dot)
    {
        var depth = _variables.Count;
        try
        {
            foreach (var node in nodes)
            {
                var flow = Step(node, dot);
                if (flow is not Flow.Next) return flow;
            }

            return Flow.Next;
        }
        finally
        {
            _variables.RemoveRange(depth, _variables.Count - depth);
        }
    }

    private Flow Step(Node node, Value dot)
    {
        switch (node)
        {
            case TextNode text:
                _output.Append(text.Text);
                return Flow.Next;
            case ActionNode action:
                var value = Evaluate(action.Pipeline, dot);
                if (action.Pipeline.Variables.Count is 0) _output.Append(value.PrintAlone());
                return Flow.Next;
            case IfNode branch:
                return Scoped(() => Walk(Evaluate(branch.Condition, dot).IsTrue ? branch.Then : branch.Otherwise, dot));
            case WithNode with:
                return Scoped(() => Evaluate(with.Subject, dot) is { IsTrue: true } subject ? Walk(with.Then, subject) : Walk(with.Otherwise, dot));
            case RangeNode range:
                return Scoped(() => Loop(range, dot));
            default:
                return node is BreakNode ? Flow.Break : Flow.Continue;
        }
    }

    private Flow Scoped(Func<Flow> step)
    {
        var depth = _variables.Count;
        var flow = step();
        _variables.RemoveRange(depth, _variables.Count - depth);
        return flow;
    }

    private Flow Loop(RangeNode range, Value dot)
    {
        var subject = EvaluateCommands(range.Items, dot);
        var entries = Entries(subject, range);
        if (entries.Count is 0) return Walk(range.Otherwise, dot);
        var depth = _variables.Count;
        foreach (var (key, item) in entries)
        {
            _variables.RemoveRange(depth, _variables.Count - depth);
            if (range.Items.Variables is [var only]) SetVariable(only, item, range.Items.Declares);
            else if (range.Items.Variables is [var index, var element])
            {
                SetVariable(index, key, range.Items.Declares);
                SetVariable(element, item, range.Items.Declares);
            }

            if (Walk(range.Each, item) is Flow.Break) break;
        }

        return Flow.Next;
    }

    private static IReadOnlyList<(Value Key, Value Item)> Entries(Value subject, RangeNode range) => subject switch
    {
        ListValue list => [.. list.Items.Select((item, at) => ((Value)new NumberValue(at), item))],
        MapValue map => [.. map.Entries.Select(entry => ((Value)new TextValue(entry.Key), entry.Value))],
        NumberValue { AsInteger: { } count } => [.. Enumerable.Range(0, (int)Math.Clamp(count, 0, 1_000_000)).Select(at => ((Value)new NumberValue(at), (Value)new NumberValue(at)))],
        NilValue => [],
        _ => throw TemplateException.Executing(range.At, range.Items.Commands[0].Parts[0].Source, $"range can't iterate over {subject.Print()}"),
    };

    private Value Evaluate(Pipeline pipeline, Value dot)
    {
        var value = EvaluateCommands(pipeline, dot);
        foreach (var name in pipeline.Variables) SetVariable(name, value, pipeline.Declares);
        return value;
    }

    private Value EvaluateCommands(Pipeline pipeline, Value dot)
    {
        Value? value = null;
        foreach (var command in pipeline.Commands) value = EvaluateCommand(command, dot, value);
        return value ?? NilValue.None;
    }

    private Value EvaluateCommand(Command command, Value dot, Value? piped)
    {
        var first = command.Parts[0];
        switch (first)
        {
            case FunctionExpression function:
                return CallFunction(function, command, dot, piped);
            case FieldExpression field:
                var arguments = command.Parts.Skip(1).Select(part => Operand(part, dot)).ToList();
                if (piped is not null) arguments.Add(piped);
                return Field(field, dot, arguments);
        }

        if (command.Parts.Count > 1 || piped is not null)
            throw TemplateException.Executing(first.At, first.Source, $"can't give argument to non-function {first.Source}");
        return Operand(first, dot);
    }

    private Value CallFunction(FunctionExpression function, Command command, Value dot, Value? piped)
    {
        var parts = command.Parts.Skip(1);
        if (function.Name is "and" or "or") return ShortCircuit(function.Name is "and", parts, dot, piped);
        var arguments = parts.Select(part => Operand(part, dot)).ToList();
        if (piped is not null) arguments.Add(piped);
        try
        {
            return FunctionTable.Call(function.Name, arguments, _isHeader);
        }
        catch (ArgumentException problem)
        {
            throw TemplateException.Executing(function.At, function.Name, problem.Message);
        }
    }

    private Value ShortCircuit(bool isAnd, IEnumerable<Expression> parts, Value dot, Value? piped)
    {
        Value last = NilValue.None;
        foreach (var part in parts)
        {
            last = Operand(part, dot);
            if (last.IsTrue != isAnd) return last;
        }

        return piped ?? last;
    }

    private Value Operand(Expression expression, Value dot) => expression switch
    {
        DotExpression => dot,
        ConstantExpression constant => constant.Value,
        VariableExpression variable => Variable(variable),
        FieldExpression field => Field(field, dot, []),
        PipelineExpression inner => Evaluate(inner.Pipeline, dot),
        FunctionExpression function => CallFunction(function, new Command([function]), dot, null),
        _ => throw TemplateException.Executing(expression.At, expression.Source, "not a value"),
    };

    private Value Field(FieldExpression field, Value dot, IReadOnlyList<Value> arguments)
    {
        var value = Operand(field.Subject, dot);
        for (var i = 0; i < field.Names.Count; i++)
        {
            var name = field.Names[i];
            var given = i == field.Names.Count - 1 ? arguments : [];
            value = value.Call(name, given) ?? throw Missing(field, name, value);
        }

        return value;
    }

    private static TemplateException Missing(FieldExpression field, string name, Value value) => TemplateException.Executing(
        field.At, field.Source, value switch
        {
            MapValue => $"map has no entry for key {GoText.Quote(name)}",
            NilValue => $"nil pointer evaluating interface {{}}.{name}",
            _ => $"can't evaluate field {name} in type {value.TypeName}",
        });

    private Value Variable(VariableExpression variable)
    {
        for (var i = _variables.Count - 1; i >= 0; i--)
        {
            if (_variables[i].Name == variable.Name) return _variables[i].Value;
        }

        throw TemplateException.Executing(variable.At, variable.Source, $"undefined variable \"{variable.Source}\"");
    }

    private void SetVariable(string name, Value value, bool declares)
    {
        if (!declares)
        {
            for (var i = _variables.Count - 1; i >= 0; i--)
            {
                if (_variables[i].Name != name) continue;
                _variables[i] = (name, value);
                return;
            }
        }

        _variables.Add((name, value));
    }
}
