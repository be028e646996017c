using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>Expands variables and removes quotes in one word or line, as a shell would: the dialect Dockerfiles have.</summary>
internal sealed class Expander(char escape, ExpansionRules rules = ExpansionRules.None)
{
    public Expanded Expand(string source, IVariables variables)
    {
        var scan = new ExpansionScan(source, escape, rules, variables);
        try
        {
            var text = scan.ReadAll();
            return new Expanded { Text = text, Words = scan.Words, Matched = scan.Matched, Unmatched = scan.Unmatched };
        }
        catch (FormatException exception)
        {
            return new Expanded { Error = $"failed to process {GoText.Quote(source)}: {exception.Message}", Matched = scan.Matched, Unmatched = scan.Unmatched };
        }
    }
}
