namespace Boreal.Build.Sources;

/// <summary>What a run of git came to.</summary>
internal sealed record GitOutcome(int ExitCode, string Output, string Complaint)
{
    /// <exception cref="Builds.BuildException">It failed.</exception>
    public GitOutcome OrThrow(string doing) => ExitCode == 0
        ? this
        : throw new Builds.BuildException($"{doing}: git error: exit status {ExitCode}\nstderr:\n{Complaint.TrimEnd('\n')}");
}
