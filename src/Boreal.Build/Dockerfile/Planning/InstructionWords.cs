using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Expands the words of one instruction with what the stage knows then, and warns of variables that nobody set.</summary>
internal sealed class InstructionWords(BoundedExpander expander, StageState stage, Instruction instruction, Linter lint)
{
    /// <exception cref="FormatException">The word can't be expanded.</exception>
    public string Expand(string word) => Check(expander.Expand(word, stage.State.Environment));

    public IReadOnlyList<string> Expand(IReadOnlyList<string> words) => [.. words.Select(Expand)];

    public IReadOnlyList<KeyValue> Expand(IReadOnlyList<KeyValue> pairs) =>
        [.. pairs.Select(pair => pair with { Key = Expand(pair.Key), Value = Expand(pair.Value) })];

    public InlineFile Expand(InlineFile file) => file.Expands ? file with { Content = Check(expander.ExpandInline(file.Content, stage.State.Environment)) } : file;

    private string Check(Expanded expanded)
    {
        foreach (var missing in expanded.Unmatched.Where(missing => stage.Arguments.All(argument => argument.Name != missing) && !ArgumentPlanner.IsForScanners(missing)))
        {
            if (!lint.Reports(LintRules.UndefinedVar)) break;
            var suggestion = Suggestion.For(missing, stage.State.Environment.Names);
            lint.Warn(
                LintRules.UndefinedVar, instruction.Lines,
                Suggestion.Append($"Usage of undefined variable '${missing}'", suggestion is null ? null : "$" + suggestion));
        }
        return expanded.Error is { } error ? throw new FormatException(error) : expanded.Text;
    }
}
