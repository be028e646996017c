namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>One request that has ended. Times are since the load began.</summary>
/// <param name="Kind">Of traffic.</param>
/// <param name="Began">When it was due, whether or not earlier ones had been answered.</param>
/// <param name="Ended">When its answer was there, or it had failed.</param>
/// <param name="Answer">Its text, trimmed; empty when it failed.</param>
/// <param name="Failure">Empty when it did not.</param>
internal sealed record Request(string Kind, TimeSpan Began, TimeSpan Ended, string Answer, string Failure)
{
    public bool HasFailed => Failure.Length > 0;

    public override string ToString() => $"{Kind} from {Began.TotalSeconds:0.000} s to {Ended.TotalSeconds:0.000} s: {(HasFailed ? Failure : Answer)}";
}
