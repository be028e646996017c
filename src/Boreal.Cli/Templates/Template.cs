using System.Text;
using Boreal.Cli.Templates.Nodes;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates;

/// <summary>A parsed Go template.</summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Node> _nodes;

    private Template(IReadOnlyList<Node> nodes) => _nodes = nodes;

    public static Template Parse(string text) => new(Parser.Parse(text));

    public string Render(Value value)
    {
        var output = new StringBuilder();
        Evaluator.Run(_nodes, value, output);
        return output.ToString();
    }

    /// <summary>Renders a table's heading: functions that would change the text leave it alone.</summary>
    public string RenderHeader(Columns columns)
    {
        var output = new StringBuilder();
        Evaluator.Run(_nodes, new HeaderValue(columns), output, isHeader: true);
        return output.ToString();
    }
}
