namespace Boreal.BuildWire.Http2;

internal static class SettingId
{
    public const ushort HeaderTableSize = 1;
    public const ushort EnablePush = 2;
    public const ushort InitialWindowSize = 4;
    public const ushort MaxFrameSize = 5;
}
