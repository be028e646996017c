namespace Boreal.Api.Apps;

/// <summary>Answers that took about equally long.</summary>
/// <param name="Seconds">Less than this, and no less than the bucket before.</param>
/// <param name="Count">How many.</param>
public sealed record ResponseTimeBucket(double Seconds, long Count);
