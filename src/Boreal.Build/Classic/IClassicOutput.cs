namespace Boreal.Build.Classic;

/// <summary>Takes what a classic build says.</summary>
internal interface IClassicOutput
{
    void Stream(string text);

    /// <summary>An image that is there now.</summary>
    void Image(string id);
}
