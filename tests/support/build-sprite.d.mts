export declare const buildSprite: (names: readonly string[]) => string;
