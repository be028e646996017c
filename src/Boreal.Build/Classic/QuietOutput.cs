using System.Text;

namespace Boreal.Build.Classic;

/// <summary>Keeps what a build says for the case that it fails.</summary>
internal sealed class QuietOutput : IClassicOutput
{
    // A client that asked for quiet gets the end of very long tales only.
    private const int MostKept = 1 << 20;

    private readonly StringBuilder _text = new();

    public void Stream(string text)
    {
        _text.Append(text);
        if (_text.Length > MostKept)
            _text.Remove(0, _text.Length - MostKept);
    }

    public void Image(string id)
    {
    }

    public void TellTo(IClassicOutput output)
    {
        if (_text.Length > 0)
            output.Stream(_text.ToString());
    }
}
