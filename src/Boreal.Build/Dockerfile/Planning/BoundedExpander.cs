using Boreal.Build.Dockerfile.Expansion;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Expands for one plan, as long as the results stay within what any Dockerfile needs.</summary>
internal sealed class BoundedExpander(char escape)
{
    private const long MostText = 64L << 20;

    private readonly Expander _plain = new(escape);
    private readonly Expander _shown = new(escape, ExpansionRules.KeepQuotes | ExpansionRules.KeepUnset);

    // A heredoc's content has its own escape, whatever the file's is, and its quotes are letters.
    private readonly Expander _inline = new('\\', ExpansionRules.PlainQuotes);
    private long _left = MostText;

    public Expanded Expand(string text, IVariables variables) => Count(_plain.Expand(text, variables));

    public Expanded ExpandInline(string text, IVariables variables) => Count(_inline.Expand(text, variables));

    /// <summary>For people: quotes stay, and variables that nobody set.</summary>
    public Expanded ExpandShown(string text, IVariables variables) => Count(_shown.Expand(text, variables));

    private Expanded Count(Expanded expanded)
    {
        _left -= expanded.Text.Length;
        return _left >= 0 ? expanded : expanded with { Error = $"the Dockerfile expands to more than {MostText} characters" };
    }
}
