using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Lint;

/// <summary>Rules that need only one instruction.</summary>
internal static partial class InstructionRules
{
    public static void CheckStatement(Statement statement, Linter lint)
    {
        switch (statement.Name)
        {
            case "MAINTAINER":
                lint.Warn(LintRules.MaintainerDeprecated, statement.Lines, "Maintainer instruction is deprecated in favor of using label");
                break;
            case "FROM":
                CheckFrom(statement, lint);
                break;
            case "ARG":
                CheckDescription("ARG", [.. statement.Arguments.Select(argument => argument.Split('=', 2)[0])], statement, lint);
                break;
        }
    }

    public static void CheckSecret(string instruction, string name, LineRange lines, Linter lint)
    {
        if (SecretName().IsMatch(name) && !HarmlessName().IsMatch(name))
            lint.Warn(LintRules.SecretsUsedInArgOrEnv, lines, $"Do not use ARG or ENV instructions for sensitive data ({instruction} {GoText.Quote(name)})");
    }

    private static void CheckFrom(Statement statement, Linter lint)
    {
        if (statement.Arguments is not [_, var keyword, var name, ..]) return;
        var isNamed = statement.Arguments.Count == 3;
        if (isNamed && !LetterCase.IsLower(name))
            lint.Warn(LintRules.StageNameCasing, statement.Lines, $"Stage name '{name}' should be lowercase");

        var from = statement.Keyword;
        var isLower = LetterCase.IsLower(from);
        // A FROM in mixed case breaks another rule already.
        if (isLower ? !LetterCase.IsLower(keyword) : LetterCase.IsUpper(from) && !LetterCase.IsUpper(keyword))
            lint.Warn(LintRules.FromAsCasing, statement.Lines, $"'{keyword}' and '{from}' keywords' casing do not match");
        if (isNamed) CheckDescription("FROM", [name.ToLowerInvariant()], statement, lint);
    }

    private static void CheckDescription(string instruction, IReadOnlyList<string> names, Statement statement, Linter lint)
    {
        if (statement.Comments.Count == 0 || names.Count == 0 || names.Contains(statement.Comments[^1].Split(' ', 2)[0])) return;
        var example = names.Count == 1 ? names[0] : "<arg_key>";
        lint.Warn(LintRules.InvalidDefinitionDescription, statement.Lines, $"Comment for {instruction} should follow the format: `# {example} <description>`");
    }

    [GeneratedRegex("(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("(?:_|^)(?:public|file|version)(?:_|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HarmlessName();
}
