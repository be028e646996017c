namespace Boreal.Engine.Execs;

/// <summary>What is observed of an exec. <paramref name="ExitCode"/> is null until it ended.</summary>
public sealed record ExecStatus(bool Started, bool Running, int Pid, int? ExitCode)
{
    public static ExecStatus Created { get; } = new(false, false, 0, null);
}
