using System.Text;

namespace Boreal.Cli.Building.Progress;

/// <summary>The last lines of the steps that failed, once more at the end, where they are looked for.</summary>
internal static class FailedSteps
{
    private const string Rule = "------\n";

    public static string Render(StepList steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps.Steps)
        {
            if (step.Error.Length is 0 || step.IsCanceled) continue;
            text.Append(Rule).Append(" > ").Append(step.Name).Append(":\n");
            foreach (var line in step.Log.Last) text.Append(line).Append('\n');
            text.Append(Rule);
        }

        return text.ToString();
    }
}
